import type { SheetPageOut } from "../../api/generated/company/types.gen";

export type TablePage = SheetPageOut;

/** What columns of a table are called and how much room they take. */

const LETTERS = 26;
const [LEAST, MOST, SIGN, PADDING] = [64, 300, 7.5, 18];

/** A, B … Z, AA: as table programs name the columns, from 0. */
export function letterOf(index: number): string {
  const own = String.fromCharCode(65 + (index % LETTERS));
  return index < LETTERS ? own : letterOf(Math.floor(index / LETTERS) - 1) + own;
}

/** Pixels for each column, by the longest text of the first rows. */
export function widthsOf(rows: readonly (readonly string[])[], width: number): number[] {
  return Array.from({ length: width }, (_, column) => {
    const longest = rows.reduce((most, row) => Math.max(most, row[column]?.length ?? 0), 0);
    return Math.round(Math.min(MOST, Math.max(LEAST, longest * SIGN + PADDING)));
  });
}
