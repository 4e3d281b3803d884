import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { CardBase } from "../../api/contract";
import { daysAway, longDay } from "../../ui/format";
import type { CalendarProps } from "./Calendar";
import { CardChip } from "./CardChip";
import { type Dated, dateOf } from "./days";
import "./words";

/** A calendar on a telephone: the days that have something, one under another. */
export function Agenda<R extends CardBase & Dated>(props: CalendarProps<R>) {
  const { t } = useTranslation("displays");
  const box = useRef<HTMLDivElement>(null);
  const today = useRef<HTMLElement>(null);
  // Only the agenda scrolls: what stands above it stays in sight.
  useEffect(() => {
    if (box.current) box.current.scrollTop = today.current?.offsetTop ?? 0;
  }, []);
  const days = props.days.filter((day) => day.count > 0);
  const next = days.find((day) => daysAway(dateOf(day.day)) >= 0);
  return (
    <div ref={box} className="agenda" data-testid="calendar">
      {days.map((day) => {
        const rest = day.count - day.results.length;
        const isToday = daysAway(dateOf(day.day)) === 0;
        return (
          <section
            key={day.day}
            ref={day === next ? today : undefined}
            aria-label={longDay(dateOf(day.day))}
            data-testid={`day-${day.day}`}
          >
            <h3 className={isToday ? "today" : ""}>
              {longDay(dateOf(day.day))} <em className="num">{day.count}</em>
            </h3>
            <ul>
              {day.results.map((card) => (
                <CardChip
                  key={card.id}
                  card={card}
                  tone={props.toneOf(card)}
                  href={props.hrefOf(card)}
                  onOpen={props.onOpen}
                />
              ))}
            </ul>
            {rest > 0 && (
              <a className="cal-more" href={props.hrefOfDay(day.day)}>
                {t("moreOfDay", { count: rest })}
              </a>
            )}
          </section>
        );
      })}
    </div>
  );
}
