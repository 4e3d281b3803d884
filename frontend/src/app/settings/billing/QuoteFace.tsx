import { useTranslation } from "react-i18next";
import type { Quote, Subscription } from "../../../api/billing";
import { dateOfIso, dayBefore, dayWords, isNothing, sumText } from "./sums";
import "./billing.css";
import "./words";

interface QuoteFaceProps {
  quote: Quote;
  sub: Subscription;
  stale: boolean;
}

/** A counted choice, line by line: the price, what is taken off, what is left to pay, for which days. */
export function QuoteFace({ quote, sub, stale }: QuoteFaceProps) {
  const { t } = useTranslation("billing");
  const sum = (value: string) => sumText(value, quote.currency);
  const less = (value: string) => `−${sum(value)}`;
  const rest: [string, string, string][] = [
    ["unused", quote.unused, less(quote.unused)],
    ["fromCredit", quote.credit, less(quote.credit)],
  ];
  return (
    <section
      className={stale ? "bill-quote stale" : "bill-quote"}
      aria-label={t("counted")}
      aria-busy={stale}
      aria-live="polite"
      data-testid="quote"
    >
      <dl>
        {quote.lines.map((line) => (
          <Line
            key={line.title}
            name={line.count > 1 ? t("line", { title: line.title, count: line.count }) : line.title}
            value={sum(line.total)}
          />
        ))}
        {quote.lines.length > 1 && <Line name={t("price")} value={sum(quote.price)} />}
        {rest
          .filter(([, value]) => !isNothing(value))
          .map(([name, , shown]) => (
            <Line key={name} name={t(name as "unused")} value={shown} />
          ))}
        {quote.by === "card" && quote.waits ? (
          <>
            <Line name={t("chargeToday")} value={sum("0.00")} strong />
            <Line
              name={t(sub.renews ? "chargeByCard" : "chargeLater", { day: dayWords(quote.begins) })}
              value={sum(quote.charge)}
            />
          </>
        ) : (
          <Line name={t("charge")} value={sum(quote.charge)} strong />
        )}
        {!isNothing(quote.credit_after) && (
          <Line name={t("creditAfter")} value={sum(quote.credit_after)} />
        )}
      </dl>
      {!isNothing(quote.year_discount) && !isNothing(quote.price) && (
        <p className="f12 green">{t("saves", { sum: sum(quote.year_discount) })}</p>
      )}
      <p className="f12 t2" data-testid="quote-term">
        {quote.until
          ? t("termPaid", { from: dateOfIso(quote.begins), to: dayBefore(quote.until) })
          : t("termFree", { from: dateOfIso(quote.begins) })}{" "}
        {quote.is_renewal && quote.waits && sub.stage !== "trial" && t("termWaits")}
      </p>
    </section>
  );
}

function Line({ name, value, strong }: { name: string; value: string; strong?: boolean }) {
  return (
    <div className={strong ? "bill-line sb" : "bill-line"}>
      <dt>{name}</dt>
      <dd className="num" data-testid={strong ? "quote-charge" : undefined}>
        {value}
      </dd>
    </div>
  );
}
