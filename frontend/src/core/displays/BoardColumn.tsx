import { type PointerEvent, type ReactNode, type UIEvent, useId } from "react";
import { useTranslation } from "react-i18next";
import type { CardBase } from "../../api/contract";
import { countText } from "../../ui/format";
import { Face, type Tone } from "../../ui/marks";
import { BoardCard } from "./BoardCard";
import type { Column, Movable } from "./columns";
import "./words";

interface BoardColumnProps<R extends CardBase> {
  column: Column<R>;
  columns: Column<R>[];
  tone: Tone;
  carriedId: number | null;
  isOver: boolean;
  isShut: boolean;
  reading: boolean;
  grip: (id: number, from: string) => { onPointerDown: (event: PointerEvent<HTMLElement>) => void };
  hrefOf: (card: R) => string;
  onOpen: (card: R) => void;
  faceOf: (card: R) => { above: ReactNode; below: ReactNode };
  /** Why nothing stands in an empty column, when it is not for want of cards. */
  why?: ReactNode;
  onFurther: (column: string) => void;
  onMoveTo: (card: Movable<R>, to: Column<R>) => void;
}

/** So many pixels before its end a column reads on. */
const AHEAD = 400;

/** One column; an empty one is narrow until a card is carried over the board. */
export function BoardColumn<R extends CardBase>(props: BoardColumnProps<R>) {
  const { column, tone } = props;
  const { t } = useTranslation("displays");
  const id = useId();
  const bare = column.count === 0 && column.results.length === 0;
  const classes = [
    "bcol",
    bare ? "bare" : "",
    props.isOver && !props.isShut ? "aim" : "",
    props.isShut ? "shut" : "",
  ].join(" ");
  const scroll = ({ currentTarget: list }: UIEvent<HTMLElement>) => {
    const left = list.scrollHeight - list.scrollTop - list.clientHeight;
    if (column.next && left < AHEAD) props.onFurther(column.value);
  };
  return (
    <section
      className={classes}
      aria-labelledby={id}
      data-column={column.value}
      data-testid={`column-${column.value}`}
    >
      <header className={`bcol-h tone-${tone}`}>
        {column.person ? (
          <Face
            id={column.person.id}
            initials={column.person.initials}
            photo={column.person.photo_url}
          />
        ) : (
          <i className="bcol-dot" aria-hidden />
        )}
        <h2 id={id} title={column.title}>
          {column.title}
        </h2>
        <em className="num" data-testid="column-count">
          {/* Nobody has counted what a filter keeps out. */}
          {bare && props.why ? "" : countText(column.count)}
        </em>
      </header>
      <ul className="bcol-b" onScroll={scroll}>
        {column.results.map((card) => (
          <BoardCard
            key={card.id}
            card={card}
            column={column}
            columns={props.columns}
            isCarried={props.carriedId === card.id}
            grip={props.grip(card.id, column.value)}
            href={props.hrefOf(card)}
            face={props.faceOf(card)}
            onOpen={props.onOpen}
            onMoveTo={props.onMoveTo}
          />
        ))}
        {bare && <li className="bcol-n">{props.why || t("columnEmpty")}</li>}
        {column.next && (
          <li>
            <button
              type="button"
              className="btn quiet wide"
              disabled={props.reading}
              onClick={() => props.onFurther(column.value)}
              data-testid="column-more"
            >
              {t("moreCards")}
            </button>
          </li>
        )}
      </ul>
      {props.isShut && <p className="bcol-shut">{t("columnShut")}</p>}
    </section>
  );
}
