import type { Group } from "./dueGroups";
import type { Grouped } from "./groups";

export interface Caption {
  type: "group";
  key: string;
  title: string;
  count: number | null;
  /** Of a group that can be folded: its value and whether it is. */
  value?: string;
  folded?: boolean;
}

/** A virtual list is a flat run of lines: captions and rows. */
export type Line<R> = Caption | { type: "row"; key: string; row: R; index: number };

/** Captions go before the first row of each run; a count is shown once its run is whole. */
export function linesOf<R extends { id: number }>(
  rows: R[],
  groupOf: ((row: R) => Group) | null,
  complete: boolean,
): Line<R>[] {
  const lines: Line<R>[] = [];
  let open: Caption | null = null;
  let run = 0;
  rows.forEach((row, index) => {
    const group = groupOf?.(row);
    if (group && group.key !== open?.key.split("@")[0]) {
      if (open) open.count = run;
      open = { type: "group", key: `${group.key}@${index}`, title: group.title, count: null };
      lines.push(open);
      run = 0;
    }
    run += 1;
    lines.push({ type: "row", key: String(row.id), row, index });
  });
  const last = open as Caption | null;
  if (last && complete) last.count = run;
  return lines;
}

interface InGroup {
  id: number;
  in_group?: string;
}

/**
 * Lines of a list that is read group after group, with the server's own counts. What is behind
 * a group that is not read to its end is not shown yet.
 */
export function linesOfGroups<R extends InGroup>(
  rows: R[],
  grouped: Grouped,
  complete: boolean,
): Line<R>[] {
  const lines: Line<R>[] = [];
  const last = rows.at(-1)?.in_group;
  const byGroup = new Map<string, { row: R; index: number }[]>();
  rows.forEach((row, index) => {
    const value = row.in_group ?? "";
    const held = byGroup.get(value);
    if (held) held.push({ row, index });
    else byGroup.set(value, [{ row, index }]);
  });
  for (const { value, title, count } of grouped.groups) {
    const folded = grouped.folded.has(value);
    lines.push({ type: "group", key: `@${value}`, title, count, value, folded });
    if (folded) continue;
    const held = byGroup.get(value) ?? [];
    for (const { row, index } of held) lines.push({ type: "row", key: String(row.id), row, index });
    if (!complete && (held.length === 0 || value === last)) break;
  }
  return lines;
}
