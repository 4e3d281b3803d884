import type { Scheme } from "./scheme";

/** Where stages stand on the canvas: nobody keeps places, they follow from who waits for whom. */

export const NODE = { width: 208, height: 96 };
export const CAP = { width: NODE.width, height: 32 };
const GAP = { x: 28, y: 44 };
export const START = "start";
export const END = "end";

export interface Place {
  x: number;
  y: number;
}

/** How many stages stand before each at most. */
export function depths(scheme: Scheme): Map<string, number> {
  const found = new Map<string, number>();
  for (const stage of scheme.stages) {
    const before = stage.after.map((code) => found.get(code) ?? 0);
    found.set(stage.code, before.length > 0 ? Math.max(...before) + 1 : 1);
  }
  return found;
}

/** Rows from above, each in the middle: a chain of stages is read as a list is; the start over them, the end under. */
export function places(scheme: Scheme): Map<string, Place> {
  const depth = depths(scheme);
  const rows = new Map<number, string[]>();
  for (const stage of scheme.stages) {
    const row = depth.get(stage.code) ?? 1;
    rows.set(row, [...(rows.get(row) ?? []), stage.code]);
  }
  const last = Math.max(0, ...rows.keys());
  const found = new Map<string, Place>([
    [START, { x: 0, y: rowAt(1) - GAP.y - CAP.height }],
    [END, { x: 0, y: rowAt(last + 1) }],
  ]);
  for (const [row, codes] of rows) {
    codes.forEach((code, at) => {
      const x = (at - (codes.length - 1) / 2) * (NODE.width + GAP.x);
      found.set(code, { x, y: rowAt(row) });
    });
  }
  return found;
}

const rowAt = (row: number): number => (row - 1) * (NODE.height + GAP.y);

/** Arrows: from the start to whoever waits for nobody, from whoever nobody waits for to the end. */
export function arrows(scheme: Scheme): { from: string; to: string }[] {
  const waited = new Set(scheme.stages.flatMap((one) => one.after));
  return [
    ...scheme.stages.flatMap((one) =>
      one.after.length > 0
        ? one.after.map((from) => ({ from, to: one.code }))
        : [{ from: START, to: one.code }],
    ),
    ...scheme.stages
      .filter((one) => !waited.has(one.code))
      .map((one) => ({ from: one.code, to: END })),
  ];
}
