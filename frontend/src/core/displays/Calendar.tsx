import { type KeyboardEvent, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import type { CardBase } from "../../api/contract";
import { longDay } from "../../ui/format";
import type { Tone } from "../../ui/marks";
import { usePhone } from "../../ui/screen";
import { Empty } from "../../ui/state";
import { Agenda } from "./Agenda";
import { CalendarDay } from "./CalendarDay";
import { useCarrying } from "./carrying";
import type { Movable } from "./columns";
import { type Dated, type Day, dateOf, keyOf, plusDays, type Scale } from "./days";
import "./displays.css";
import "./words";

export interface CalendarProps<R extends CardBase & Dated> {
  label: string;
  days: Day<R>[];
  scale: Scale;
  /** The month that is looked at: days of its neighbours are paler. */
  month: number;
  toneOf: (card: R) => Tone;
  hrefOf: (card: R) => string;
  hrefOfDay: (day: string) => string;
  onOpen: (card: R) => void;
  onMove: (card: Movable<R>, from: string, to: string) => void;
}

/** Chips that fit into a day of a month. */
const OF_MONTH = 3;
const WEEKDAYS = ["пн", "вт", "ср", "чт", "пт", "сб", "вс"];
const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/** Cards on the days they are due; dragged to another day, or taken with a space and walked with the arrows. */
export function Calendar<R extends CardBase & Dated>(props: CalendarProps<R>) {
  const { days, onMove } = props;
  const { t } = useTranslation("displays");
  const phone = usePhone();
  const box = useRef<HTMLDivElement>(null);
  const [said, setSaid] = useState("");

  const cardOf = (id: number) =>
    days.flatMap((day) => day.results).find((one) => one.id === id) ?? null;
  const move = (id: number, from: string, to: string) => {
    const card = cardOf(id);
    if (!card || from === to || !days.some((day) => day.day === to)) return setSaid(t("kept"));
    onMove(card, from, to);
    setSaid(t("dropped", { card: card.title, title: longDay(dateOf(to)) }));
  };
  const { carried, hold, grip } = useCarrying(box, move);
  const held = carried && cardOf(carried.id);

  const press = (event: KeyboardEvent<HTMLElement>) => {
    const chip = (event.target as HTMLElement).closest<HTMLElement>("[data-card]");
    if (!chip) return;
    const from = chip.closest<HTMLElement>("[data-column]")?.dataset.column ?? "";
    if (!carried) {
      const card = event.key === " " ? cardOf(Number(chip.dataset.card)) : null;
      if (!card) return;
      event.preventDefault();
      event.stopPropagation();
      if (card.moves.length === 0) return setSaid(t("noMoves"));
      hold({ id: card.id, from, over: from, at: null });
      return setSaid(t("taken", { card: card.title, title: longDay(dateOf(from)) }));
    }
    if (carried.at || event.key === "Tab") return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") {
      hold(null);
      return setSaid(t("kept"));
    }
    if (event.key === " " || event.key === "Enter") {
      hold(null);
      return move(carried.id, carried.from, carried.over);
    }
    const over = keyOf(plusDays(dateOf(carried.over), STEPS[event.key] ?? 0));
    if (over === carried.over || !days.some((day) => day.day === over)) return;
    hold({ ...carried, over });
    setSaid(t("over", { title: longDay(dateOf(over)) }));
  };

  const isEmpty = days.every((day) => day.count === 0);
  if (phone) {
    if (isEmpty) {
      return <Empty icon="calendar" title={t("noneInWindow")} text={t("noneInWindowText")} />;
    }
    return <Agenda {...props} />;
  }
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the links inside answer; here their keys are heard together. */}
      <div
        ref={box}
        className={`cal by-${props.scale} ${carried ? "carrying" : ""}`}
        onKeyDown={press}
        onBlur={() => carried && !carried.at && hold(null)}
        data-testid="calendar"
      >
        {WEEKDAYS.map((name) => (
          <span key={name} className="cal-w" aria-hidden>
            {name}
          </span>
        ))}
        {days.map((day) => (
          <CalendarDay
            key={day.day}
            day={day}
            shown={props.scale === "week" ? day.results.length : OF_MONTH}
            isFar={props.scale === "month" && dateOf(day.day).getMonth() !== props.month}
            isOver={carried?.over === day.day && carried.from !== day.day}
            carriedId={carried?.id ?? null}
            grip={grip}
            toneOf={props.toneOf}
            hrefOf={props.hrefOf}
            hrefOfDay={props.hrefOfDay}
            onOpen={props.onOpen}
          />
        ))}
      </div>
      <div className="vh" aria-live="assertive">
        {said}
      </div>
      {carried?.at &&
        held &&
        createPortal(
          <div
            className="chipc ghost"
            aria-hidden
            style={{
              width: carried.at.width,
              transform: `translate(${carried.at.x}px, ${carried.at.y}px)`,
            }}
          >
            <span className="el">{held.title}</span>
          </div>,
          document.body,
        )}
    </>
  );
}
