import { useTranslation } from "react-i18next";
import type { Plan, Subscription } from "../../../api/billing";
import { useMe } from "../../../core/session/session";
import { Button } from "../../../ui/button";
import { countText, sizeText } from "../../../ui/format";
import { Status } from "../../../ui/marks";
import { BeyondNotes } from "./BeyondNotes";
import { useQuote } from "./billing";
import { coveredUntil, standingOf } from "./standing";
import { allowedBy, dayWords, heldBy, isFree, isNothing, priceText, sumText } from "./sums";
import { modulesOf } from "./titles";
import "./billing.css";
import "./words";

/** What plan there is, how it stands, when the next payment is due. */
export function Overview({ sub, onChange }: { sub: Subscription; onChange: () => void }) {
  const { t } = useTranslation("billing");
  const standing = standingOf(sub);
  const { key, day } = standing;
  const quote = useQuote(key === "trialCard" ? heldBy(sub) : null).data;
  const told = {
    day,
    until: dayWords(coveredUntil(sub) ?? sub.trial_until),
    sum: quote ? priceText(quote.price, quote.currency) : "…",
    per: t(sub.period === "year" ? "perYear" : "perMonth"),
  };
  return (
    <section
      className="set-sec"
      aria-label={t("plan")}
      data-testid="standing"
      data-stage={sub.stage}
    >
      <h3 className="bill-standing">
        <Status tone={standing.tone}>{t(key, told)}</Status>
      </h3>
      <p className="t2">{t(`${key}Text`, { day })}</p>
      <dl className="bill-facts">
        <dt>{t("plan")}</dt>
        <dd data-testid="plan-now">
          {isFree(sub.plan)
            ? `«${sub.plan.title}»`
            : t("planOf", { title: sub.plan.title, period: t(sub.period) })}
        </dd>
        {!isFree(sub.plan) && <NextPayment sub={sub} />}
        {!isNothing(sub.credit) && (
          <>
            <dt>{t("credit")}</dt>
            <dd>
              <span className="num">{sumText(sub.credit, sub.currency)}</span>{" "}
              <span className="t3">{t("creditText")}</span>
            </dd>
          </>
        )}
      </dl>
      {!isFree(sub.plan) && (
        <Button className="bill-change" onClick={onChange} data-testid="prolong">
          {t("change")}
        </Button>
      )}
    </section>
  );
}

/** The same choice again: what it costs and until when it is to be paid. */
function NextPayment({ sub }: { sub: Subscription }) {
  const { t } = useTranslation("billing");
  const quote = useQuote(heldBy(sub)).data;
  const covered = coveredUntil(sub);
  if (!quote) return null;
  const sum = sumText(quote.charge, quote.currency);
  const isLate = sub.stage !== "active" && sub.stage !== "trial";
  const day = covered ? dayWords(covered) : "";
  return (
    <>
      <dt>{t("nextPayment")}</dt>
      <dd data-testid="next-payment">
        {sub.renews
          ? t("nextByCard", { sum, day: dayWords(covered ?? sub.trial_until) })
          : isLate
            ? t("nextPaymentNow", { sum })
            : !covered
              ? t("nextPaymentOn", { sum, day: dayWords(sub.trial_until) })
              : isNothing(quote.charge)
                ? t("nextCovered", { day })
                : t("nextPaymentSum", { sum, day })}
      </dd>
    </>
  );
}

/** A trial that nobody pays for ends in a plan with limits: which, and what is beyond them already. */
export function AfterTrial({ sub }: { sub: Subscription }) {
  const { t } = useTranslation("billing");
  const me = useMe();
  if (standingOf(sub).key !== "trial") return null;
  const plan: Plan = sub.plan;
  const allowed = allowedBy(plan, { seats: sub.seats, add_ons: sub.add_ons });
  const what = [
    `${t("people").toLowerCase()}: ${allowed.seats === null ? t("noLimit") : countText(allowed.seats)}`,
    `${t("storage").toLowerCase()}: ${allowed.storage === null ? t("noLimit") : sizeText(allowed.storage)}`,
    `${t("modules").toLowerCase()}: ${modulesOf(allowed.modules, me.modules) ?? t("allModules")}`,
  ].join(", ");
  return (
    <section className="set-sec" data-testid="after-trial">
      <h3>{t("afterTrial", { day: dayWords(sub.trial_until) })}</h3>
      <p>{t(isFree(plan) ? "afterTrialText" : "afterTrialOwed", { title: plan.title, what })}</p>
      <BeyondNotes sub={sub} allowed={allowed} fits={t("afterTrialFits")} />
    </section>
  );
}
