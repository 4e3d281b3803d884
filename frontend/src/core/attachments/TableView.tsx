import { useInfiniteQuery } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import type { KeyboardEvent } from "react";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Attachment } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { get } from "../../api/request";
import { Waiting } from "../../ui/state";
import { letterOf, type TablePage, widthsOf } from "./cells";
import "./table.css";
import { OtherView } from "./views";
import "./words";

const ROW_H = 28;
const NUMBERS_W = 52;
const ARROWS = ["ArrowLeft", "ArrowRight"];

function useTable(id: number, name: string) {
  return useInfiniteQuery({
    queryKey: ["attachment", id, "table", name],
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    initialPageParam: 0,
    queryFn: ({ pageParam, signal }) =>
      get<TablePage>(`attachments/${id}/sheet/`, { query: { name, offset: pageParam }, signal }),
    getNextPageParam: (last) => last.next,
  });
}

/** A table as it lies in the file: sheets below, letters above, numbers at the side; more rows come by scrolling. */
export function TableView({ file }: { file: Attachment }) {
  const [name, setName] = useState("");
  const [sheets, setSheets] = useState<string[]>([]);
  const table = useTable(file.id, name);
  const first = table.data?.pages[0];
  const { t } = useTranslation("attachments");

  useEffect(() => {
    if (first) setSheets(first.sheets);
  }, [first]);

  if (table.isError && !first) return <OtherView file={file} reason={sentenceOf(table.error)} />;
  return (
    <div className="viewer-table">
      {!first && <Waiting rows={8} />}
      {first?.height === 0 && <p className="table-note">{t("emptySheet")}</p>}
      {first && first.height > 0 && (
        <Cells
          key={first.name}
          label={t("tableOf", { name: file.name })}
          pages={table.data?.pages ?? []}
          more={() => {
            if (table.hasNextPage && !table.isFetching) void table.fetchNextPage();
          }}
        />
      )}
      {table.isFetchNextPageError && (
        <p className="table-note" role="alert">
          {sentenceOf(table.error)}
        </p>
      )}
      {first?.is_cut && <p className="table-note">{t("tableCut")}</p>}
      {sheets.length > 1 && (
        <div className="table-sheets" role="tablist" aria-label={t("sheets")}>
          {sheets.map((one) => (
            <button
              key={one}
              type="button"
              role="tab"
              className="table-sheet"
              aria-selected={one === (name || sheets[0])}
              onClick={() => setName(one)}
              data-testid="sheet-tab"
            >
              {one}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

interface CellsProps {
  label: string;
  pages: TablePage[];
  more: () => void;
}

function Cells({ label, pages, more }: CellsProps) {
  const box = useRef<HTMLElement>(null);
  const rows = useMemo(() => pages.flatMap((page) => page.rows), [pages]);
  const width = pages[0]?.width ?? 0;
  const widths = useMemo(() => widthsOf(pages[0]?.rows ?? [], width), [pages, width]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_H,
    overscan: 20,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `more` is another function each time.
  useEffect(() => {
    if (last >= rows.length - 40) more();
  }, [last, rows.length]);

  /** The arrows that walk through the files move the table here. */
  const keep = (event: KeyboardEvent) => {
    if (ARROWS.includes(event.key)) event.stopPropagation();
  };
  const above = items[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  const columns = Array.from({ length: width }, (_, index) => letterOf(index));
  return (
    <section
      ref={box}
      className="table-box"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a table is read by scrolling it with the keys.
      tabIndex={0}
      onKeyDown={keep}
      data-testid="viewer-table"
    >
      <table
        className="table-cells"
        style={{ width: NUMBERS_W + widths.reduce((sum, one) => sum + one, 0) }}
      >
        <colgroup>
          <col style={{ width: NUMBERS_W }} />
          {columns.map((letter, index) => (
            <col key={letter} style={{ width: widths[index] }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            <td className="table-corner" />
            {columns.map((letter) => (
              <th key={letter} scope="col">
                {letter}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {above > 0 && <tr style={{ height: above }} aria-hidden />}
          {items.map(({ index }) => (
            <tr key={index}>
              <th scope="row">{index + 1}</th>
              {columns.map((letter, place) => (
                <td key={letter} title={rows[index]?.[place]}>
                  {rows[index]?.[place]}
                </td>
              ))}
            </tr>
          ))}
          {below > 0 && <tr style={{ height: below }} aria-hidden />}
        </tbody>
      </table>
    </section>
  );
}
