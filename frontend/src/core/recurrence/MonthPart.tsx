import { useTranslation } from "react-i18next";
import { Segmented } from "../../ui/marks";
import { weekdayName } from "./DayChoice";
import type { PartProps } from "./PlanDialog";
import { type MonthWay, NTHS } from "./plan";
import "./words";

const NTH_TITLES = { 1: "nth1", 2: "nth2", 3: "nth3", 4: "nth4", [-1]: "nthLast" } as const;

/** Which day of a month: the fifth, the last one, the first Monday. */
export function MonthPart({ draft, told, onChange }: PartProps) {
  const { t } = useTranslation("recurrence");
  const wrong = told("monthDay") ?? told("nth") ?? told("weekdays");
  const isLate = draft.monthWay === "number" && Number(draft.monthDay) > 28;
  return (
    <div>
      <span className="lbl">{t("monthDay")}</span>
      <div className="rec-month">
        <Segmented<MonthWay>
          label={t("monthDay")}
          value={draft.monthWay}
          options={[
            { value: "number", title: t("monthNumber") },
            { value: "last", title: t("monthLast") },
            { value: "weekday", title: t("monthWeekday") },
          ]}
          onChange={(monthWay) => onChange({ monthWay })}
        />
        {draft.monthWay === "number" && (
          <input
            className="inp rec-number"
            inputMode="numeric"
            aria-label={t("monthNumber")}
            aria-invalid={Boolean(wrong)}
            value={draft.monthDay}
            onChange={(event) => onChange({ monthDay: event.target.value })}
            data-testid="plan-month-day"
          />
        )}
        {draft.monthWay === "weekday" && (
          <span className="row">
            <select
              className="inp"
              aria-label={t("nth")}
              value={draft.nth}
              onChange={(event) => onChange({ nth: Number(event.target.value) })}
              data-testid="plan-nth"
            >
              {NTHS.map((nth) => (
                <option key={nth} value={nth}>
                  {t(NTH_TITLES[nth])}
                </option>
              ))}
            </select>
            <select
              className="inp"
              aria-label={t("monthWeekday")}
              value={draft.weekday}
              onChange={(event) => onChange({ weekday: Number(event.target.value) })}
              data-testid="plan-weekday"
            >
              {[0, 1, 2, 3, 4, 5, 6].map((day) => (
                <option key={day} value={day}>
                  {weekdayName(day)}
                </option>
              ))}
            </select>
          </span>
        )}
      </div>
      {(wrong || isLate) && (
        <div className={wrong ? "fld-msg err" : "fld-msg"} role={wrong ? "alert" : undefined}>
          {wrong ?? t("monthNumberNote")}
        </div>
      )}
    </div>
  );
}
