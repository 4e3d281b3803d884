import { type CSSProperties, type MouseEvent, memo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { CardBase } from "../../api/contract";
import { Tick } from "../../ui/marks";
import type { Column } from "./EntityList";
import "./words";

interface EntityRowProps<R extends CardBase> {
  row: R;
  index: number;
  columns: Column<R>[];
  style: CSSProperties;
  phone: ReactNode;
  href: string;
  chosen: boolean;
  isCurrent: boolean;
  onChoose?: ((id: number, through: boolean) => void) | undefined;
  /** On a telephone: a press chooses instead of opening. */
  choosing: boolean;
  /** On a telephone: a long press begins to choose with this row. */
  onHold?: ((id: number) => void) | undefined;
  onOpen: (row: R) => void;
}

/** A press with a modifier is the browser's: a new tab, a new window. */
const isPlain = (event: MouseEvent): boolean =>
  event.button === 0 && !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;

function Row<R extends CardBase>(props: EntityRowProps<R>) {
  const { row, phone, onChoose, choosing, onHold } = props;
  const { t } = useTranslation("lists");
  const classes = ["list-r", props.chosen ? "sel" : "", props.isCurrent ? "cur" : ""].join(" ");
  const open = (event: MouseEvent) => {
    if (!isPlain(event)) return;
    event.preventDefault();
    if (choosing) onChoose?.(row.id, false);
    else props.onOpen(row);
  };
  const tick = onChoose && (
    <span role="cell" className="list-c tick">
      <Tick
        label={t("selectRow", { number: row.number ?? row.title })}
        checked={props.chosen}
        onClick={(event) => onChoose(row.id, event.shiftKey)}
        onChange={() => undefined}
      />
    </span>
  );
  const link = (children: ReactNode) => (
    <a href={props.href} className="ttl" onClick={open}>
      {children}
    </a>
  );
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the link in the title answers the keyboard.
    <div
      role="row"
      tabIndex={-1}
      className={phone ? `${classes} phone` : classes}
      style={props.style}
      aria-rowindex={props.index + 1}
      aria-selected={props.chosen}
      data-row={props.index}
      data-testid="task-row"
      onClick={(event) => {
        if (!(event.target as HTMLElement).closest("a,button,input,label")) open(event);
      }}
      onContextMenu={(event) => {
        if (!phone || !onHold) return;
        event.preventDefault();
        if (!choosing) onHold(row.id);
      }}
    >
      {phone ? (
        <>
          {choosing && tick}
          <div role="cell" className="grow">
            {link(phone)}
          </div>
        </>
      ) : (
        <>
          {tick}
          {props.columns.map((column) => (
            <span key={column.key} role="cell" className={column.right ? "list-c r" : "list-c"}>
              {column.key === "title" ? link(column.cell(row)) : column.cell(row)}
            </span>
          ))}
        </>
      )}
    </div>
  );
}

/** One line of a list; drawn again only when its own row changes. */
export const EntityRow = memo(Row) as typeof Row;
