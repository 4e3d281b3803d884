import type { Group } from "./dueGroups";

/** A virtual list is a flat run of lines: captions and rows. */
export type Line<R> =
  | { type: "group"; key: string; title: string; count: number | null }
  | { type: "row"; key: string; row: R; index: number };

/** Captions go before the first row of each run; a count is shown once its run is whole. */
export function linesOf<R extends { id: number }>(
  rows: R[],
  groupOf: ((row: R) => Group) | null,
  complete: boolean,
): Line<R>[] {
  const lines: Line<R>[] = [];
  let open: { type: "group"; key: string; title: string; count: number | null } | null = null;
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
  const last = open as { count: number | null } | null;
  if (last && complete) last.count = run;
  return lines;
}
