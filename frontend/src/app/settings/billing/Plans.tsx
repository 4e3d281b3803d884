import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Plan, Subscription, Wish } from "../../../api/billing";
import { useMe } from "../../../core/session/session";
import { Button } from "../../../ui/button";
import { countText, sizeText } from "../../../ui/format";
import { Segmented, Tag } from "../../../ui/marks";
import { heldBy, isFree, isNothing, priceText, wishFor } from "./sums";
import { modulesOf } from "./titles";
import "./billing.css";
import "./words";

interface PlansProps {
  plans: Plan[];
  sub: Subscription;
  onChoose: (plan: Plan, wish: Wish) => void;
}

/** What is sold, side by side: prices by the month or by the year, what is in each. */
export function Plans({ plans, sub, onChoose }: PlansProps) {
  const { t } = useTranslation("billing");
  const [period, setPeriod] = useState<Wish["period"]>(isFree(sub.plan) ? "year" : sub.period);
  const taken = sub.limits.seats.used;
  return (
    <section className="set-sec bill-wide" aria-label={t("plans")}>
      <div className="row bill-head">
        <h3 className="grow">{t("plans")}</h3>
        <Segmented
          label={t("period")}
          value={period}
          options={[
            { value: "month", title: t("byMonth") },
            { value: "year", title: t("byYear") },
          ]}
          onChange={setPeriod}
        />
      </div>
      <div className="bill-plans">
        {plans.map((plan) => (
          <PlanCard
            key={plan.code}
            // The version that was bought is the company's own, whatever is sold now.
            plan={plan.is_current ? { ...sub.plan, is_current: true } : plan}
            period={period}
            onChoose={(chosen) =>
              onChoose(
                chosen,
                chosen.is_current ? { ...heldBy(sub), period } : wishFor(chosen, period, taken),
              )
            }
          />
        ))}
      </div>
    </section>
  );
}

interface PlanCardProps {
  plan: Plan;
  period: Wish["period"];
  onChoose: (plan: Plan) => void;
}

function PlanCard({ plan, period, onChoose }: PlanCardProps) {
  const { t } = useTranslation("billing");
  const isCurrent = plan.is_current;
  const isOffered = !(isCurrent && isFree(plan));
  return (
    <article
      className={isCurrent ? "bill-plan on" : "bill-plan"}
      aria-label={t("pick", { title: plan.title })}
      data-testid={`plan-${plan.code}`}
    >
      <h4 className="row">
        <span className="grow">{plan.title}</span>
        {isCurrent && <Tag tone="green">{t("current")}</Tag>}
      </h4>
      <p className="f12 t2">{plan.summary}</p>
      <PlanPrice plan={plan} period={period} />
      <PlanFacts plan={plan} period={period} />
      <div>
        {isOffered && (
          <Button
            look={isCurrent || isFree(plan) ? "default" : "primary"}
            wide
            onClick={() => onChoose(plan)}
            aria-label={`${t(isCurrent ? "change" : "choose")}: ${plan.title}`}
            data-testid={`choose-${plan.code}`}
          >
            {t(isCurrent ? "change" : "choose")}
          </Button>
        )}
      </div>
    </article>
  );
}

function PlanPrice({ plan, period }: Omit<PlanCardProps, "onChoose">) {
  const { t } = useTranslation("billing");
  if (isFree(plan)) return <p className="bill-price">{t("gratis")}</p>;
  const isYear = period === "year";
  return (
    <div>
      <p>
        <span className="bill-price num">
          {priceText(isYear ? plan.year_price : plan.month_price, plan.currency)}
        </span>{" "}
        <span className="t2 f12">{t(isYear ? "perYear" : "perMonth")}</span>
      </p>
      {isYear && !isNothing(plan.year_discount) && (
        <p className="f12 green" data-testid="year-discount">
          {t("saves", { sum: priceText(plan.year_discount, plan.currency) })}
        </p>
      )}
    </div>
  );
}

function PlanFacts({ plan, period }: Omit<PlanCardProps, "onChoose">) {
  const { t } = useTranslation("billing");
  const me = useMe();
  const isYear = period === "year";
  const further = isYear ? plan.seat_year_price : plan.seat_month_price;
  const { seats_included: included, currency } = plan;
  return (
    <dl className="bill-in f13">
      <dt>{t("seats")}</dt>
      <dd>
        {included === null
          ? t("noLimit")
          : further === null
            ? countText(included)
            : t("seatMore", { count: included, price: priceText(further, currency) })}
      </dd>
      <dt>{t("storage")}</dt>
      <dd>{plan.storage_bytes === null ? t("noLimit") : sizeText(plan.storage_bytes)}</dd>
      <dt>{t("modules")}</dt>
      <dd>{modulesOf(plan.modules, me.modules) ?? t("allModules")}</dd>
      <dt>{t("addOns")}</dt>
      <dd>
        {plan.add_ons.length === 0
          ? t("noAddOns")
          : plan.add_ons.map((one) => (
              <div key={one.code}>
                {t("addOnPrice", {
                  title: one.title,
                  price: priceText(isYear ? one.year_price : one.month_price, currency),
                })}
              </div>
            ))}
      </dd>
    </dl>
  );
}
