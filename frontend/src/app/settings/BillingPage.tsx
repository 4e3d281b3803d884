import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Plan, Wish } from "../../api/billing";
import { sentenceOf } from "../../api/problem";
import { Failed, Waiting } from "../../ui/state";
import { usePlans, useSubscription } from "./billing/billing";
import { CardReturn } from "./billing/CardReturn";
import { CardSection } from "./billing/CardSection";
import { Limits } from "./billing/Limits";
import { Meters } from "./billing/Meters";
import { AfterTrial, Overview } from "./billing/Overview";
import { Acts, Invoices } from "./billing/Papers";
import { Plans } from "./billing/Plans";
import { PurchaseDialog } from "./billing/PurchaseDialog";
import { heldBy } from "./billing/sums";
import { Usage } from "./billing/Usage";
import "./settings.css";
import "./billing/words";

/** What the company pays for: how it stands, what is sold, the papers. */
export function Screen() {
  const { t } = useTranslation("billing");
  return (
    <>
      <div className="set-h">
        <h2>{t("title")}</h2>
      </div>
      <CardReturn />
      <Subscribed />
      <Meters />
      <Invoices />
      <Acts />
      <Usage />
    </>
  );
}

function Subscribed() {
  const sub = useSubscription();
  const plans = usePlans();
  const [chosen, setChosen] = useState<{ plan: Plan; wish: Wish } | null>(null);
  const failed = [sub, plans].find((query) => query.isError && !query.data);
  if (failed)
    return <Failed text={sentenceOf(failed.error)} onRetry={() => void failed.refetch()} />;
  if (!sub.data || !plans.data) return <Waiting />;
  const mine = sub.data;
  return (
    <>
      <Overview sub={mine} onChange={() => setChosen({ plan: mine.plan, wish: heldBy(mine) })} />
      <CardSection sub={mine} />
      <AfterTrial sub={mine} />
      <Limits limits={mine.limits} />
      <Plans plans={plans.data} sub={mine} onChoose={(plan, wish) => setChosen({ plan, wish })} />
      {chosen && (
        <PurchaseDialog
          plan={chosen.plan}
          first={chosen.wish}
          sub={mine}
          onClose={() => setChosen(null)}
        />
      )}
    </>
  );
}
