import { type RefObject, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CardBase } from "../../api/contract";
import { countText } from "../../ui/format";
import type { Column } from "./columns";
import "./words";

interface ColumnTabsProps<R extends CardBase> {
  columns: Column<R>[];
  box: RefObject<HTMLElement | null>;
}

/** On a telephone one column is in sight: swiped to, or pressed here. */
export function ColumnTabs<R extends CardBase>({ columns, box }: ColumnTabsProps<R>) {
  const { t } = useTranslation("displays");
  const first = columns.findIndex((column) => column.count > 0);
  const [at, setAt] = useState(Math.max(0, first));
  const row = useRef<HTMLDivElement>(null);

  const show = (index: number, smooth: boolean) => {
    const board = box.current;
    board?.scrollTo({ left: index * board.clientWidth, behavior: smooth ? "smooth" : "instant" });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the board opens.
  useEffect(() => show(at, false), []);
  useEffect(() => {
    const board = box.current;
    if (!board) return;
    const see = () => setAt(Math.round(board.scrollLeft / Math.max(1, board.clientWidth)));
    board.addEventListener("scroll", see, { passive: true });
    return () => board.removeEventListener("scroll", see);
  }, [box]);
  useEffect(() => {
    row.current?.children[at]?.scrollIntoView({ inline: "center", block: "nearest" });
  }, [at]);

  return (
    <div ref={row} className="btabs" role="tablist" aria-label={t("columnsBy")}>
      {columns.map((column, index) => (
        <button
          key={column.value}
          type="button"
          role="tab"
          aria-selected={index === at}
          onClick={() => show(index, true)}
          data-testid={`column-tab-${column.value}`}
        >
          {column.title} <em className="num">{countText(column.count)}</em>
        </button>
      ))}
    </div>
  );
}
