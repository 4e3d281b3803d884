import { useVirtualizer } from "@tanstack/react-virtual";
import { type CSSProperties, type ReactNode, useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { CardBase } from "../../api/contract";
import { Tick } from "../../ui/marks";
import { usePhone } from "../../ui/screen";
import { useStore } from "../../ui/store";
import { look } from "../../ui/theme";
import { isResting } from "../entities/resting";
import { fittedTrack, leastOf } from "./columns";
import type { Group } from "./dueGroups";
import { EntityRow } from "./EntityRow";
import { GroupLine } from "./GroupLine";
import type { Grouped } from "./groups";
import { Heading } from "./Headings";
import "./lists.css";
import "./arranging.css";
import { linesOf, linesOfGroups } from "./lines";
import type { Selection } from "./selection";
import "./words";

/** A declared column: its caption, its width as a grid track, and what stands in it. */
export interface Column<R> {
  key: string;
  title: string;
  track: string;
  /** What may need more room than the track gives: the column grows to the longest of the rows that are read. */
  fitted?: (row: R) => string;
  right?: boolean;
  sort?: string;
  /** What a file of the list calls it; absent: it is in no file. */
  sheet?: string;
  /** Not among the list's own: shown when somebody chooses it. */
  further?: boolean;
  cell: (row: R) => ReactNode;
}

interface EntityListProps<R extends CardBase> {
  label: string;
  rows: R[];
  columns: Column<R>[];
  complete: boolean;
  groupOf: ((row: R) => Group) | null;
  /** The rows come group after group, with the server's counts. */
  grouped?: Grouped | null;
  onWidth?: (code: string, width: number) => void;
  /** Absent: nothing is done with many rows at once, and there is nothing to tick. */
  selection?: Selection;
  current: number;
  ordering: string;
  onSort: (ordering: string) => void;
  onMore: () => void;
  onSee: (first: number, last: number) => void;
  hrefOf: (row: R) => string;
  onOpen: (row: R) => void;
  /** The phone shows two lines instead of columns. */
  phoneRow: (row: R) => ReactNode;
}

const GROUP_H = 32;
const PHONE_ROW_H = 64;
const AHEAD = 30;

/** The one list of every module: virtual rows, captions, selection, a current row for the keyboard. */
export function EntityList<R extends CardBase>(props: EntityListProps<R>) {
  const { rows, columns, selection, current, onMore, onSee } = props;
  const phone = usePhone();
  const { density } = useStore(look);
  const box = useRef<HTMLDivElement>(null);
  const rowH = phone ? PHONE_ROW_H : density === "compact" ? 32 : 40;
  const { groupOf, grouped, complete } = props;
  const lines = useMemo(
    () => (grouped ? linesOfGroups(rows, grouped, complete) : linesOf(rows, groupOf, complete)),
    [rows, groupOf, grouped, complete],
  );

  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: (index) => (lines[index]?.type === "group" ? GROUP_H : rowH),
    getItemKey: (index) => lines[index]?.key ?? index,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const firstLine = lines[items[0]?.index ?? 0];
  const lastIndex = items.at(-1)?.index ?? 0;
  const lastLine = lines[lastIndex];

  // biome-ignore lint/correctness/useExhaustiveDependencies: another height needs new places.
  useEffect(() => virtual.measure(), [rowH, lines]);
  useEffect(() => {
    if (lastIndex >= lines.length - AHEAD && !props.complete) onMore();
  }, [lastIndex, lines.length, props.complete, onMore]);
  const firstRow = firstLine?.type === "row" ? firstLine.index : 0;
  const lastRow = lastLine?.type === "row" ? lastLine.index : firstRow;
  useEffect(() => onSee(firstRow, lastRow), [firstRow, lastRow, onSee]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a move of the current row scrolls.
  useEffect(() => {
    if (current < 0) return;
    const index = lines.findIndex((line) => line.type === "row" && line.index === current);
    if (index < 0) return;
    virtual.scrollToIndex(index);
    window.requestAnimationFrame(() =>
      box.current?.querySelector<HTMLElement>(`[data-row="${current}"] .ttl`)?.focus(),
    );
  }, [current]);

  const tick = selection ? 44 : 0;
  const widths = useMemo(() => columns.map((column) => fittedTrack(column, rows)), [columns, rows]);
  const tracks = `${tick ? "44px " : ""}${widths.join(" ")}`;
  const least = widths.reduce((sum, track) => sum + leastOf(track), tick);
  return (
    <div
      className="list"
      role="table"
      aria-label={props.label}
      aria-rowcount={rows.length}
      style={phone ? undefined : ({ "--least": `${least}px` } as CSSProperties)}
    >
      {!phone && (
        <div className="list-h" role="row" style={{ gridTemplateColumns: tracks }}>
          {selection && <TickAll rows={rows} selection={selection} />}
          {columns.map((column) => (
            <Heading
              key={column.key}
              column={column}
              ordering={props.ordering}
              onSort={props.onSort}
              onWidth={props.onWidth}
            />
          ))}
        </div>
      )}
      <div className="list-b" ref={box} role="rowgroup">
        <div style={{ height: virtual.getTotalSize(), position: "relative" }}>
          {items.map((item) => {
            const line = lines[item.index];
            if (!line) return null;
            const style = { transform: `translateY(${item.start}px)`, height: item.size };
            if (line.type === "group") {
              return (
                <GroupLine key={item.key} caption={line} style={style} onFold={grouped?.fold} />
              );
            }
            if (isResting(line.row)) {
              return (
                <div key={item.key} className="list-r rest" role="row" style={style} aria-busy>
                  <span role="cell" className="sk" />
                </div>
              );
            }
            return (
              <EntityRow
                key={item.key}
                row={line.row}
                index={line.index}
                columns={columns}
                style={phone ? style : { ...style, gridTemplateColumns: tracks }}
                phone={phone ? props.phoneRow(line.row) : null}
                href={props.hrefOf(line.row)}
                chosen={selection?.has(line.row.id) ?? false}
                isCurrent={line.index === current}
                onChoose={selection?.toggle}
                choosing={phone && (selection?.choosing ?? false)}
                onHold={phone ? selection?.begin : undefined}
                onOpen={props.onOpen}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

function TickAll({ rows, selection }: { rows: CardBase[]; selection: Selection }) {
  const { t } = useTranslation("lists");
  const all = rows.length > 0 && rows.every((row) => selection.has(row.id));
  return (
    <span role="columnheader" className="list-c">
      <Tick
        label={t("selectAll")}
        checked={all}
        mixed={!all && selection.size > 0}
        onChange={() => selection.setAll(all ? [] : rows.map((row) => row.id))}
      />
    </span>
  );
}
