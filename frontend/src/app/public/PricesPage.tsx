import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { sentenceOf } from "../../api/problem";
import type { Prices, PublicPlan } from "../../api/public";
import { get } from "../../api/request";
import { countText, sizeText } from "../../ui/format";
import { Segmented } from "../../ui/marks";
import { Empty, Failed, Waiting } from "../../ui/state";
import { PlaceLink, PublicNav } from "./PublicNav";
import "./public.css";
import "./words";

type Period = "month" | "year";
type Asked = { prices: Prices } | { failure: unknown } | null;

const SUM = new Intl.NumberFormat("ru", { maximumFractionDigits: 2 });
/** «1 490 ₽»: sums come as text with two places; none of them is counted with here. */
const sumText = (sum: string, currency: string) =>
  `${SUM.format(Number(sum))}\u00a0${currency === "RUB" ? "₽" : currency}`;
const isFree = (plan: PublicPlan) =>
  Number(plan.month_price) === 0 && Number(plan.year_price) === 0;

/** What is sold today, from the plans themselves. */
export function PricesPage() {
  const { t } = useTranslation("public");
  const [asked, setAsked] = useState<Asked>(null);
  const [period, setPeriod] = useState<Period>("month");
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try asks again.
  useEffect(() => {
    const leaving = new AbortController();
    get<Prices>("prices/", { anonymous: true, signal: leaving.signal }).then(
      (prices) => setAsked({ prices }),
      (failure) => leaving.signal.aborted || setAsked({ failure }),
    );
    return () => leaving.abort();
  }, [tries]);
  return (
    <div className="pub">
      <PublicNav />
      <main className="pub-prices">
        <h1>{t("pricesTitle")}</h1>
        <p className="t2">{t("pricesText")}</p>
        <Segmented
          label={t("pricesPeriod")}
          value={period}
          options={[
            { value: "month", title: t("pricesByMonth") },
            { value: "year", title: t("pricesByYear") },
          ]}
          onChange={setPeriod}
        />
        {!asked && <Waiting rows={4} />}
        {asked && "failure" in asked && (
          <Failed
            text={sentenceOf(asked.failure)}
            onRetry={() => {
              setAsked(null);
              setTries(tries + 1);
            }}
          />
        )}
        {asked && "prices" in asked && <Plans prices={asked.prices} period={period} />}
      </main>
    </div>
  );
}

function Plans({ prices, period }: { prices: Prices; period: Period }) {
  const { t } = useTranslation("public");
  if (prices.results.length === 0)
    return <Empty icon="wallet" title={t("pricesNone")} text={t("pricesNoneText")} />;
  const titles = new Map(prices.modules.map(({ code, title }) => [code, title]));
  return (
    <div className="pub-plans">
      {prices.results.map((plan) => (
        <PlanCard key={plan.code} plan={plan} period={period} titles={titles} />
      ))}
    </div>
  );
}

interface PlanCardProps {
  plan: PublicPlan;
  period: Period;
  titles: Map<string, string>;
}

function PlanCard({ plan, period, titles }: PlanCardProps) {
  const { t } = useTranslation("public");
  const isYear = period === "year";
  const further = isYear ? plan.seat_year_price : plan.seat_month_price;
  const { seats_included: seats, storage_bytes: storage, modules } = plan;
  const named = modules?.map((code) => titles.get(code) ?? code).join(", ");
  return (
    <article className="pub-plan" data-testid={`price-${plan.code}`}>
      <h2>{plan.title}</h2>
      <p className="t2 f13">{plan.summary}</p>
      {isFree(plan) ? (
        <p className="pub-price">{t("pricesFree")}</p>
      ) : (
        <p>
          <span className="pub-price num">
            {sumText(isYear ? plan.year_price : plan.month_price, plan.currency)}
          </span>{" "}
          <span className="t2 f12">{t(isYear ? "pricesPerYear" : "pricesPerMonth")}</span>
          {isYear && Number(plan.year_discount) > 0 && (
            <span className="f12 green">
              {" "}
              {t("pricesSaves", { sum: sumText(plan.year_discount, plan.currency) })}
            </span>
          )}
        </p>
      )}
      <ul>
        <li>
          {t("pricesSeats", { people: seats === null ? t("pricesNoLimit") : countText(seats) })}
          {further !== null && `, ${t("pricesSeatMore", { sum: sumText(further, plan.currency) })}`}
        </li>
        <li>
          {t("pricesStorage", { size: storage === null ? t("pricesNoLimit") : sizeText(storage) })}
        </li>
        <li>{named ? t("pricesModules", { titles: named }) : t("pricesAll")}</li>
      </ul>
      <PlaceLink to="/" className="btn primary">
        {t("pricesStart")}
      </PlaceLink>
    </article>
  );
}
