import type { MouseEvent, PointerEvent, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { CardBase } from "../../api/contract";
import { IconButton } from "../../ui/button";
import { Menu } from "../../ui/menu";
import { type Column, type Movable, wayInto } from "./columns";
import "./words";

interface BoardCardProps<R extends CardBase> {
  card: Movable<R>;
  column: Column<R>;
  columns: Column<R>[];
  isCarried: boolean;
  grip: { onPointerDown: (event: PointerEvent<HTMLElement>) => void };
  href: string;
  face: { above: ReactNode; below: ReactNode };
  onOpen: (card: R) => void;
  onMoveTo: (card: Movable<R>, to: Column<R>) => void;
}

/** A press with a modifier is the browser's: a new tab, a new window. */
export const isPlainPress = (event: MouseEvent): boolean =>
  event.button === 0 && !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;

/** A card of a board: carried by the mouse, opened by its link, moved by its menu. */
export function BoardCard<R extends CardBase>(props: BoardCardProps<R>) {
  const { card, column } = props;
  const { t } = useTranslation("displays");
  const open = (event: MouseEvent) => {
    if (!isPlainPress(event)) return;
    event.preventDefault();
    props.onOpen(card);
  };
  const targets = props.columns.filter(
    (one) => one.value !== column.value && wayInto(card, one) !== undefined,
  );
  const classes = ["bcard", props.isCarried ? "taken" : "", targets.length ? "" : "fixed"];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the link in the title answers the keyboard.
    <li
      className={classes.join(" ")}
      data-card={card.id}
      data-testid="board-card"
      {...(targets.length > 0 ? props.grip : {})}
      onClick={(event) => {
        if (!(event.target as HTMLElement).closest("a,button")) open(event);
      }}
    >
      <span className="bcard-meta">
        {props.face.above}
        <span className="grow" />
        {targets.length > 0 && (
          <Menu
            label={t("moveTo")}
            alignEnd
            items={targets.map((one) => ({
              key: one.value,
              title: one.title,
              run: () => props.onMoveTo(card, one),
            }))}
            trigger={(opener) => (
              <IconButton
                icon="ellipsis"
                label={t("moveMenu")}
                small
                className="bcard-menu"
                {...opener}
              />
            )}
          />
        )}
      </span>
      <a href={props.href} className="bcard-t" draggable={false} onClick={open}>
        {card.title}
      </a>
      <span className="bcard-meta">{props.face.below}</span>
    </li>
  );
}
