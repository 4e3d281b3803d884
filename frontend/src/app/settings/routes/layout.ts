import type { Scheme } from "./scheme";

/** Where stages stand on the canvas: nobody keeps places, they follow from who waits for whom. */

export const NODE = { width: 208, height: 96 };
const GAP = { x: 64, y: 28 };
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

/** Columns from left to right, each in the middle; the start before them and the end behind. */
export function places(scheme: Scheme): Map<string, Place> {
  const depth = depths(scheme);
  const columns = new Map<number, string[]>();
  for (const stage of scheme.stages) {
    const column = depth.get(stage.code) ?? 1;
    columns.set(column, [...(columns.get(column) ?? []), stage.code]);
  }
  const last = Math.max(0, ...columns.keys());
  const found = new Map<string, Place>([
    [START, placeAt(0, 0, 1)],
    [END, placeAt(last + 1, 0, 1)],
  ]);
  for (const [column, codes] of columns) {
    codes.forEach((code, row) => {
      found.set(code, placeAt(column, row, codes.length));
    });
  }
  return found;
}

function placeAt(column: number, row: number, of: number): Place {
  const tall = NODE.height + GAP.y;
  return { x: column * (NODE.width + GAP.x), y: (row - (of - 1) / 2) * tall };
}

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
