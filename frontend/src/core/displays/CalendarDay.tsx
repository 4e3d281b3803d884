import { type PointerEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CardBase } from "../../api/contract";
import { daysAway, longDay } from "../../ui/format";
import type { Tone } from "../../ui/marks";
import { Popover } from "../../ui/popover";
import { CardChip } from "./CardChip";
import { type Dated, type Day, dateOf } from "./days";
import "./words";

interface CalendarDayProps<R extends CardBase & Dated> {
  day: Day<R>;
  /** How many chips fit; the others are behind «ещё N». */
  shown: number;
  isFar: boolean;
  isOver: boolean;
  carriedId: number | null;
  grip: (id: number, from: string) => { onPointerDown: (event: PointerEvent<HTMLElement>) => void };
  toneOf: (card: R) => Tone;
  hrefOf: (card: R) => string;
  hrefOfDay: (day: string) => string;
  onOpen: (card: R) => void;
}

export function CalendarDay<R extends CardBase & Dated>(props: CalendarDayProps<R>) {
  const { day } = props;
  const { t } = useTranslation("displays");
  const [open, setOpen] = useState(false);
  const more = useRef<HTMLButtonElement>(null);
  const date = dateOf(day.day);
  const isToday = daysAway(date) === 0;
  const rest = day.count - Math.min(props.shown, day.results.length);
  const classes = [
    "cal-d",
    props.isFar ? "far" : "",
    isToday ? "today" : "",
    date.getDay() % 6 === 0 ? "off" : "",
    props.isOver ? "aim" : "",
  ].join(" ");
  const chip = (card: Day<R>["results"][number], canCarry: boolean) => (
    <CardChip
      key={card.id}
      card={card}
      tone={props.toneOf(card)}
      href={props.hrefOf(card)}
      isTaken={props.carriedId === card.id}
      grip={canCarry && card.moves.length > 0 ? props.grip(card.id, day.day) : {}}
      onOpen={props.onOpen}
    />
  );
  return (
    <section
      className={classes}
      aria-label={t("dayTitle", { day: longDay(date), count: day.count })}
      aria-current={isToday ? "date" : undefined}
      data-column={day.day}
      data-testid={`day-${day.day}`}
    >
      <span className="cal-n num" aria-hidden>
        {date.getDate()}
      </span>
      <ul>{day.results.slice(0, props.shown).map((card) => chip(card, true))}</ul>
      {rest > 0 && (
        <button
          ref={more}
          type="button"
          className="cal-more"
          aria-haspopup="dialog"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          data-testid="day-more"
        >
          {t("moreOfDay", { count: rest })}
        </button>
      )}
      {open && (
        <Popover
          anchor={more.current}
          onClose={() => setOpen(false)}
          label={longDay(date)}
          width={300}
        >
          <div className="pop-g">{longDay(date)}</div>
          <ul className="cal-all">{day.results.map((card) => chip(card, false))}</ul>
          <a className="pop-i" href={props.hrefOfDay(day.day)}>
            {t("dayAll")}
          </a>
        </Popover>
      )}
    </section>
  );
}
