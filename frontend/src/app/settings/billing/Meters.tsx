import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Meter } from "../../../api/billing";
import { sentenceOf } from "../../../api/problem";
import { Button } from "../../../ui/button";
import { countText } from "../../../ui/format";
import { Failed, Waiting } from "../../../ui/state";
import { useMeters } from "./billing";
import { CeilingDialog } from "./CeilingDialog";
import { priceText, sumText } from "./sums";
import "./billing.css";
import "./words";

const TONES = { free: "", near: "tone-amber", filled: "tone-red" } as const;

/** What is paid by the unit: how much this month, what it costs, how much the company is willing to spend. */
export function Meters() {
  const { t } = useTranslation("billing");
  const meters = useMeters();
  const [open, setOpen] = useState<Meter | null>(null);
  if (meters.isError && !meters.data) {
    return <Failed text={sentenceOf(meters.error)} onRetry={() => void meters.refetch()} />;
  }
  if (!meters.data) return <Waiting />;
  const { results, currency, owes } = meters.data;
  const sold = results.filter((one) => isSold(one) || Number(one.free_volume) > 0);
  const intro = sold.some(isSold) ? "metersText" : sold.length > 0 ? "metersGiven" : "metersNone";
  return (
    <section className="set-sec" aria-label={t("meters")} data-testid="meters">
      <h3>{t("meters")}</h3>
      <p className="t2 bill-intro">{t(intro)}</p>
      {sold.length > 0 && <p className="t3 f12">{t("metersNow")}</p>}
      {owes && <p className="red">{t("metersOwe")}</p>}
      {sold.length > 0 && (
        <ul className="pane bill-rows">
          {sold.map((one) => (
            <MeterRow key={one.code} meter={one} currency={currency} onSet={() => setOpen(one)} />
          ))}
        </ul>
      )}
      {open && <CeilingDialog meter={open} onClose={() => setOpen(null)} />}
    </section>
  );
}

const isSold = (one: Meter): boolean => one.unit_price !== null || one.ceiling !== null;

interface MeterRowProps {
  meter: Meter;
  currency: string;
  onSet: () => void;
}

function MeterRow({ meter, currency, onSet }: MeterRowProps) {
  const { t } = useTranslation("billing");
  const { title, used, is_level: isLevel, ceiling } = meter;
  return (
    <li
      className={`bill-row bill-meter ${TONES[meter.level]}`}
      data-testid={`meter-${meter.code}`}
      data-level={meter.level}
    >
      <div className="grow">
        <span className="b">{title}</span>
        <p className="t2 f13">
          {isLevel
            ? t("meterLevelUsed", { used: countText(used) })
            : t("meterUsed", { used: countText(used), free: countText(Number(meter.free_volume)) })}
          {meter.month_price !== null &&
            `, ${t("meterMonthPrice", { price: priceText(meter.month_price, currency) })}`}
          {meter.month_price === null &&
            meter.unit_price !== null &&
            `, ${t("meterPrice", { price: priceText(meter.unit_price, currency), unit: meter.unit })}`}
        </p>
        {isLevel && ceiling === null && <p className="t3 f12">{t("meterNotSold")}</p>}
      </div>
      {isSold(meter) && <MeterMoney meter={meter} currency={currency} onSet={onSet} />}
    </li>
  );
}

/** What it has cost this month, of how much; and the way to say how much. */
function MeterMoney({ meter, currency, onSet }: MeterRowProps) {
  const { t } = useTranslation("billing");
  const { title, is_level: isLevel, ceiling } = meter;
  const spent = sumText(meter.spent, currency);
  return (
    <>
      <div className="bill-spent">
        <span className="num">
          {ceiling === null
            ? t("meterSpent", { spent })
            : t("meterSpentOf", { spent, ceiling: sumText(ceiling, currency) })}
        </span>
        {ceiling === null && !isLevel && <p className="t3 f12">{t("meterNoCeiling")}</p>}
        {meter.level !== "free" && (
          <p className={meter.level === "filled" ? "f12 red" : "f12 amber"}>
            {t(meter.level === "filled" ? "meterFilled" : "meterNear")}
          </p>
        )}
      </div>
      <Button
        onClick={onSet}
        data-testid={`ceiling-${meter.code}`}
        aria-label={t("ceilingOf", { title })}
      >
        {t(ceiling === null ? "ceilingSet" : "ceiling")}
      </Button>
    </>
  );
}
