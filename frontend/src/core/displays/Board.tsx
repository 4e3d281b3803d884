import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import type { CardBase } from "../../api/contract";
import type { Tone } from "../../ui/marks";
import { usePhone } from "../../ui/screen";
import { complain } from "../../ui/toast";
import { BoardColumn } from "./BoardColumn";
import { ColumnTabs } from "./ColumnTabs";
import { useCarrying } from "./carrying";
import { beside, type Column, type Laid, type Movable, placeOf, wayInto } from "./columns";
import "./displays.css";
import "./words";

export interface BoardProps<R extends CardBase> {
  label: string;
  board: Laid<R>;
  /** The column that is being read on, or `columns`. */
  reading: string | null;
  toneOf: (column: Column<R>) => Tone;
  hrefOf: (card: R) => string;
  onOpen: (card: R) => void;
  onMove: (card: Movable<R>, to: Column<R>, said: (text: string) => void) => void;
  /** Why an empty column has no cards, when a filter keeps them out. */
  whyEmpty?: (column: Column<R>) => ReactNode;
  onFurther: (column: string) => void;
  onMoreColumns: () => void;
  /** What stands on a card beside its title. */
  faceOf: (card: R) => { above: ReactNode; below: ReactNode };
}

/** Cards in columns: dragged, or taken with a space and walked with the arrows; each has its menu, too. */
export function Board<R extends CardBase>(props: BoardProps<R>) {
  const { board, onMove } = props;
  const { t } = useTranslation("displays");
  const phone = usePhone();
  const box = useRef<HTMLDivElement>(null);
  const [said, setSaid] = useState("");
  const dropped = useRef<number | null>(null);

  // A card put into another column is drawn anew there: the keyboard goes along with it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each redrawing of the board may have moved it.
  useEffect(() => {
    if (dropped.current === null || document.activeElement !== document.body) return;
    box.current?.querySelector<HTMLElement>(`[data-card="${dropped.current}"] a`)?.focus();
  }, [board]);

  const move = (id: number, value: string) => {
    const found = placeOf(board, id);
    const to = board.columns.find((one) => one.value === value);
    if (!found || !to || found.column.value === value) return setSaid(t("kept"));
    if (!wayInto(found.card, to)) {
      setSaid(t("kept"));
      return void complain(t("shut", { title: to.title }));
    }
    onMove(found.card, to, setSaid);
  };
  const { carried, hold, grip } = useCarrying(box, (id, _, to) => move(id, to));
  const found = carried && placeOf(board, carried.id);
  const shutFor = (column: Column<R>): boolean =>
    !!found && found.column.value !== column.value && !wayInto(found.card, column);

  const walk = (card: HTMLElement, key: string) => {
    const column = card.closest<HTMLElement>("[data-column]");
    const cards = [...(column?.querySelectorAll<HTMLElement>("[data-card] a") ?? [])];
    const at = cards.findIndex((one) => card.contains(one));
    if (key === "ArrowDown") return cards[at + 1]?.focus();
    if (key === "ArrowUp") return cards[at - 1]?.focus();
    const all = [...(box.current?.querySelectorAll<HTMLElement>("[data-column]") ?? [])];
    const others = all.filter((one) => one === column || one.querySelector("[data-card] a"));
    const step = key === "ArrowRight" ? 1 : -1;
    const next = column && others[others.indexOf(column) + step];
    const side = [...(next?.querySelectorAll<HTMLElement>("[data-card] a") ?? [])];
    side[Math.min(at, side.length - 1)]?.focus();
  };
  const press = (event: KeyboardEvent<HTMLElement>) => {
    const card = (event.target as HTMLElement).closest<HTMLElement>("[data-card]");
    if (!card || (event.target as HTMLElement).closest("button")) return;
    const id = Number(card.dataset.card);
    dropped.current = null;
    const from = card.closest<HTMLElement>("[data-column]")?.dataset.column ?? "";
    const arrow = event.key.startsWith("Arrow");
    if (!carried) {
      if (event.key !== " " && !arrow) return;
      event.preventDefault();
      event.stopPropagation();
      if (arrow) return walk(card, event.key);
      const place = placeOf(board, id);
      if (!place || place.card.moves.length === 0) return setSaid(t("noMoves"));
      hold({ id, from, over: from, at: null });
      return setSaid(t("taken", { card: place.card.title, title: place.column.title }));
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
      dropped.current = id;
      return move(carried.id, carried.over);
    }
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    const over = beside(board.columns, carried.over, step);
    const target = board.columns.find((one) => one.value === over);
    hold({ ...carried, over });
    box.current?.querySelector(`[data-column="${CSS.escape(over)}"]`)?.scrollIntoView({
      inline: "nearest",
      block: "nearest",
    });
    if (target) setSaid(t(shutFor(target) ? "overShut" : "over", { title: target.title }));
  };

  return (
    <>
      {phone && <ColumnTabs columns={board.columns} box={box} />}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the links inside answer; here their keys are heard together. */}
      <div
        ref={box}
        className={carried ? "board carrying" : "board"}
        aria-describedby="board-how"
        onKeyDown={press}
        onBlur={() => carried && !carried.at && hold(null)}
        data-testid="board"
      >
        {board.columns.map((column) => (
          <BoardColumn
            key={column.value}
            column={column}
            columns={board.columns}
            tone={props.toneOf(column)}
            carriedId={carried?.id ?? null}
            isOver={carried?.over === column.value && carried.from !== column.value}
            isShut={shutFor(column)}
            reading={props.reading === column.value}
            grip={grip}
            hrefOf={props.hrefOf}
            onOpen={props.onOpen}
            faceOf={props.faceOf}
            why={props.whyEmpty?.(column)}
            onFurther={props.onFurther}
            onMoveTo={(card, to) => move(card.id, to.value)}
          />
        ))}
        {board.next && (
          <button
            type="button"
            className="btn quiet board-more"
            disabled={props.reading !== null}
            onClick={props.onMoreColumns}
          >
            {t("moreColumns")}
          </button>
        )}
      </div>
      <p id="board-how" className="vh">
        {t("howTo")}
      </p>
      <div className="vh" aria-live="assertive" data-testid="board-said">
        {said}
      </div>
      {carried?.at &&
        found &&
        createPortal(
          <div
            className="bcard ghost"
            aria-hidden
            style={{
              width: carried.at.width,
              transform: `translate(${carried.at.x}px, ${carried.at.y}px) rotate(1.5deg)`,
            }}
          >
            <span className="bcard-meta">{props.faceOf(found.card).above}</span>
            <span className="bcard-t">{found.card.title}</span>
            <span className="bcard-meta">{props.faceOf(found.card).below}</span>
          </div>,
          document.body,
        )}
    </>
  );
}
