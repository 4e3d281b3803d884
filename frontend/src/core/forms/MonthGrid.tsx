import { useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../ui/button";
import "./words";

interface MonthGridProps {
  value: Date | null;
  onPick: (day: Date) => void;
}

const MONTH = new Intl.DateTimeFormat("ru", { month: "long", year: "numeric" });
const SPOKEN = new Intl.DateTimeFormat("ru", { day: "numeric", month: "long", year: "numeric" });
const WEEKDAYS = ["пн", "вт", "ср", "чт", "пт", "сб", "вс"];
const CELLS = 42;

const sameDay = (a: Date | null, b: Date): boolean => a?.toDateString() === b.toDateString();

function cellsOf(month: Date): Date[] {
  const lead = (month.getDay() + 6) % 7;
  return Array.from(
    { length: CELLS },
    (_, index) => new Date(month.getFullYear(), month.getMonth(), index - lead + 1),
  );
}

/** Six weeks to press a day in. */
export function MonthGrid({ value, onPick }: MonthGridProps) {
  const { t } = useTranslation("forms");
  const today = new Date();
  const start = value ?? today;
  const [month, setMonth] = useState(new Date(start.getFullYear(), start.getMonth(), 1));
  const turn = (by: number) => setMonth(new Date(month.getFullYear(), month.getMonth() + by, 1));
  return (
    <div className="month">
      <div className="row month-h">
        <span className="grow sb">{MONTH.format(month).replace(" г.", "")}</span>
        <IconButton icon="chevron-left" label={t("prevMonth")} small onClick={() => turn(-1)} />
        <IconButton icon="chevron-right" label={t("nextMonth")} small onClick={() => turn(1)} />
      </div>
      <div className="month-g">
        {WEEKDAYS.map((name) => (
          <span key={name} className="month-w" aria-hidden>
            {name}
          </span>
        ))}
        {cellsOf(month).map((day) => (
          <button
            key={day.toISOString()}
            type="button"
            aria-label={SPOKEN.format(day)}
            aria-pressed={sameDay(value, day)}
            aria-current={sameDay(today, day) ? "date" : undefined}
            className={day.getMonth() === month.getMonth() ? "month-d" : "month-d far"}
            onClick={() => onPick(day)}
          >
            {day.getDate()}
          </button>
        ))}
      </div>
    </div>
  );
}
