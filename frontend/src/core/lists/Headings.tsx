import type { KeyboardEvent, PointerEvent } from "react";
import { useTranslation } from "react-i18next";
import { boundedWidth } from "./columns";
import type { Column } from "./EntityList";
import "./words";

interface HeadingProps<R> {
  column: Column<R>;
  ordering: string;
  onSort: (ordering: string) => void;
  /** It stands in a heading of a real table, which says the rest. */
  plain?: boolean;
  /** Absent: the columns are as wide as they are. */
  onWidth?: ((code: string, width: number) => void) | undefined;
}

const STEP = 16;

/** The caption of a column: sorts by a press, is made wider or narrower by its edge. */
export function Heading<R>({ column, ordering, onSort, onWidth, plain }: HeadingProps<R>) {
  const { sort } = column;
  const classes = column.right ? "list-c r" : "list-c";
  const up = sort !== undefined && ordering === sort;
  const down = sort !== undefined && ordering === `-${sort}`;
  const heading = plain ? {} : { role: "columnheader" };
  const sorted = sort && !plain && { "aria-sort": up ? "ascending" : down ? "descending" : "none" };
  return (
    <span className={classes} {...heading} {...(sorted as object)}>
      {sort ? (
        <button type="button" className="link-quiet" onClick={() => onSort(up ? `-${sort}` : sort)}>
          {column.title} {up && "↑"}
          {down && "↓"}
        </button>
      ) : (
        column.title
      )}
      {onWidth && <Edge column={column} onWidth={(width) => onWidth(column.key, width)} />}
    </span>
  );
}

interface EdgeProps<R> {
  column: Column<R>;
  onWidth: (width: number) => void;
}

/** Held with a mouse or moved by arrows; the list is drawn anew when it is let go. */
function Edge<R>({ column, onWidth }: EdgeProps<R>) {
  const { t } = useTranslation("lists");
  const widthOf = (edge: HTMLElement) => edge.parentElement?.getBoundingClientRect().width ?? 0;
  const hold = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.preventDefault();
    const edge = event.currentTarget;
    const from = event.clientX;
    const before = widthOf(edge);
    edge.setPointerCapture(event.pointerId);
    edge.classList.add("held");
    const follow = (moved: globalThis.PointerEvent) =>
      edge.style.setProperty("--by", `${moved.clientX - from}px`);
    const drop = (dropped: globalThis.PointerEvent) => {
      edge.removeEventListener("pointermove", follow);
      edge.classList.remove("held");
      edge.style.removeProperty("--by");
      if (dropped.type === "pointerup" && dropped.clientX !== from)
        onWidth(boundedWidth(before + dropped.clientX - from));
    };
    edge.addEventListener("pointermove", follow);
    edge.addEventListener("pointerup", drop, { once: true });
    edge.addEventListener("pointercancel", drop, { once: true });
  };
  const press = (event: KeyboardEvent<HTMLElement>) => {
    const step = event.key === "ArrowRight" ? STEP : event.key === "ArrowLeft" ? -STEP : 0;
    if (step === 0) return;
    event.preventDefault();
    event.stopPropagation();
    onWidth(boundedWidth(widthOf(event.currentTarget) + step));
  };
  return (
    <span
      role="separator"
      aria-orientation="vertical"
      aria-label={t("widthOf", { title: column.title })}
      aria-valuenow={boundedWidth(Number.parseInt(column.track, 10) || 0)}
      tabIndex={0}
      className="list-edge"
      onPointerDown={hold}
      onKeyDown={press}
      data-testid={`edge-${column.key}`}
    />
  );
}
