import { useTranslation } from "react-i18next";
import "./words";

interface DayChoiceProps {
  chosen: number[];
  note?: string | undefined;
  error: string | undefined;
  onChange: (chosen: number[]) => void;
}

/** The fifth of January 2026 was a Monday. */
const MONDAY = Date.UTC(2026, 0, 5);
const DAY_MS = 86_400_000;

const nameOf = (day: number, weekday: "short" | "long"): string =>
  new Intl.DateTimeFormat("ru", { weekday, timeZone: "UTC" }).format(MONDAY + day * DAY_MS);

/** «понедельник» of 0. */
export const weekdayName = (day: number): string => nameOf(day, "long");

/** The seven days as buttons that stay pressed. */
export function DayChoice({ chosen, note, error, onChange }: DayChoiceProps) {
  const { t } = useTranslation("recurrence");
  const toggle = (day: number) =>
    onChange(
      chosen.includes(day)
        ? chosen.filter((one) => one !== day)
        : [...chosen, day].sort((a, b) => a - b),
    );
  return (
    <div>
      <fieldset className="rec-days">
        <legend className="lbl">{t("weekdays")}</legend>
        {[0, 1, 2, 3, 4, 5, 6].map((day) => (
          <button
            key={day}
            type="button"
            className="chip rec-chip"
            aria-pressed={chosen.includes(day)}
            aria-label={weekdayName(day)}
            onClick={() => toggle(day)}
            data-testid={`weekday-${day}`}
          >
            {nameOf(day, "short")}
          </button>
        ))}
      </fieldset>
      {(error ?? note) && (
        <div className={error ? "fld-msg err" : "fld-msg"} role={error ? "alert" : undefined}>
          {error ?? note}
        </div>
      )}
    </div>
  );
}
