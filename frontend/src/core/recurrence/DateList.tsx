import { wallMoment } from "./moments";
import "./recurrence.css";

interface DateListProps {
  dates: string[];
  zone: string;
  label: string;
}

/** Dates as a column of a calendar: the day of the week first, it is what people check. */
export function DateList({ dates, zone, label }: DateListProps) {
  return (
    <ol className="rec-dates" aria-label={label}>
      {dates.map((iso) => {
        const { weekday, day, time } = wallMoment(iso, zone);
        const rest = weekday === "сб" || weekday === "вс";
        return (
          <li key={iso} data-testid="plan-date">
            <span className={rest ? "rec-wd red" : "rec-wd t3"}>{weekday}</span>
            <span className="grow">{day}</span>
            <span className="num t2">{time}</span>
          </li>
        );
      })}
    </ol>
  );
}
