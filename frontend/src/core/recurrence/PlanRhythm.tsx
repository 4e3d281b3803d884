import { useTranslation } from "react-i18next";
import { DayChoice } from "./DayChoice";
import { MonthPart } from "./MonthPart";
import type { PartProps } from "./PlanDialog";
import { RHYTHMS, withRhythm } from "./plan";
import { TimesPart } from "./TimesPart";
import "./words";

const UNITS = {
  days: "unitDays",
  workdays: "unitWorkdays",
  weeks: "unitWeeks",
  months: "unitMonths",
  years: "unitYears",
  minutes: "unitMinutes",
} as const;

/** How often, on which days, at what time. */
export function PlanRhythm(props: PartProps) {
  const { draft, told, onChange } = props;
  const { t } = useTranslation("recurrence");
  const { rhythm } = draft;
  const monthly = rhythm === "months" || rhythm === "years";
  const number = Number(draft.interval);
  const wrong = told("interval") ?? told("rhythm");
  return (
    <>
      <div>
        <span className="lbl" id="rec-rhythm">
          {t("rhythm")}
        </span>
        <div className="rec-chips" role="radiogroup" aria-labelledby="rec-rhythm">
          {RHYTHMS.map((one) => (
            // biome-ignore lint/a11y/useSemanticElements: a native radio cannot be drawn as a chip.
            <button
              key={one}
              type="button"
              role="radio"
              aria-checked={one === rhythm}
              className="chip rec-chip"
              onClick={() => onChange(withRhythm(draft, one))}
              data-testid={`rhythm-${one}`}
            >
              {t(one)}
            </button>
          ))}
        </div>
      </div>
      <div>
        <label className="row rec-each">
          {t("each")}
          <input
            className="inp rec-number"
            inputMode="numeric"
            aria-label={t("interval")}
            aria-invalid={Boolean(wrong)}
            value={draft.interval}
            onChange={(event) => onChange({ interval: event.target.value })}
            data-testid="plan-interval"
          />
          {t(UNITS[rhythm], { count: Number.isNaN(number) ? 5 : number })}
        </label>
        {wrong && (
          <div className="fld-msg err" role="alert">
            {wrong}
          </div>
        )}
      </div>
      {(rhythm === "weeks" || rhythm === "minutes") && (
        <DayChoice
          chosen={draft.weekdays}
          note={rhythm === "minutes" && draft.weekdays.length === 0 ? t("weekdaysAll") : undefined}
          error={told("weekdays")}
          onChange={(weekdays) => onChange({ weekdays })}
        />
      )}
      {monthly && <MonthPart {...props} />}
      <TimesPart {...props} />
    </>
  );
}
