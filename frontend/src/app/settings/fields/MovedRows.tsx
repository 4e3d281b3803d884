import { type KeyboardEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDragging } from "../../../core/checklists/dragging";
import { Icon } from "../../../ui/icon";
import "./fields.css";
import "./words";

interface Row {
  id: number;
  title: string;
}

interface MovedRowsProps<R extends Row> {
  rows: R[];
  onMove: (id: number, to: number) => void;
  /** What stands over a row: the heading of its group. */
  over?: (row: R, index: number) => ReactNode;
  /** The row itself, beside its handle. */
  children: (row: R) => ReactNode;
}

/** Rows in an order of their own; moved by hand or with Alt and the arrows. */
export function MovedRows<R extends Row>({ rows, onMove, over, children }: MovedRowsProps<R>) {
  const { t } = useTranslation("fieldset");
  const [said, setSaid] = useState("");
  const move = (id: number, to: number) => {
    const at = Math.max(0, Math.min(rows.length - 1, to));
    onMove(id, at);
    setSaid(t("moved", { at: at + 1, of: rows.length }));
  };
  const { list, held, grip } = useDragging(move);
  const press = (event: KeyboardEvent, id: number, index: number) => {
    const step = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
    if (!event.altKey || step === 0) return;
    event.preventDefault();
    move(id, index + step);
  };
  return (
    <>
      <ul className="field-rows" ref={list}>
        {rows.map((row, index) => (
          <li
            key={row.id}
            data-point={row.id}
            className={held?.to === index ? "drop-over" : undefined}
          >
            {over?.(row, index)}
            <div className="field-row">
              <button
                type="button"
                className="field-grip"
                aria-label={t("grip", { title: row.title })}
                title={t("grip", { title: row.title })}
                onKeyDown={(event) => press(event, row.id, index)}
                {...grip(row.id, index)}
              >
                <Icon name="grip" size={14} />
              </button>
              {children(row)}
            </div>
          </li>
        ))}
      </ul>
      <span className="vh" aria-live="polite">
        {said}
      </span>
    </>
  );
}
