import type { MouseEvent, PointerEvent } from "react";
import type { CardBase } from "../../api/contract";
import { timeText } from "../../ui/format";
import type { Tone } from "../../ui/marks";
import { isPlainPress } from "./BoardCard";
import type { Dated } from "./days";

interface CardChipProps<R extends CardBase & Dated> {
  card: R;
  tone: Tone;
  href: string;
  isTaken?: boolean;
  grip?: { onPointerDown?: (event: PointerEvent<HTMLElement>) => void };
  onOpen: (card: R) => void;
}

/** A card in one line: its time, its status by colour and word, its title. */
export function CardChip<R extends CardBase & Dated>(props: CardChipProps<R>) {
  const { card } = props;
  const open = (event: MouseEvent) => {
    if (!isPlainPress(event)) return;
    event.preventDefault();
    props.onOpen(card);
  };
  const classes = ["chipc", `tone-${props.tone}`, props.isTaken ? "taken" : ""].join(" ");
  const over = card.state === "open" ? "" : " ended";
  return (
    <li className={classes + over} data-card={card.id} data-testid="card-chip" {...props.grip}>
      <a href={props.href} draggable={false} onClick={open} title={card.title}>
        <i className="bcol-dot" aria-hidden />
        {card.due_at && (
          <span className={card.is_overdue ? "num red" : "num t3"}>{timeText(card.due_at)}</span>
        )}
        <span className="el">{card.title}</span>
        <span className="vh">{card.status_title}</span>
      </a>
    </li>
  );
}
