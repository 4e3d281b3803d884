import type { Column } from "./EntityList";

/** A column that somebody has chosen, in its place; without a width it has its own. */
export interface ColumnChoice {
  code: string;
  width?: number | null;
}

export const NARROWEST = 40;
export const WIDEST = 1200;
/** The column that opens the card stays whatever is chosen. */
const ALWAYS = "title";

export const boundedWidth = (width: number): number =>
  Math.round(Math.min(WIDEST, Math.max(NARROWEST, width)));

/** `title:320,status` ↔ the choice. */
export const columnsText = (choice: ColumnChoice[]): string =>
  choice.map(({ code, width }) => (width ? `${code}:${width}` : code)).join(",");

export function readColumns(text: string | undefined): ColumnChoice[] {
  return (text ?? "")
    .split(",")
    .filter(Boolean)
    .map((part) => {
      const [code = "", width] = part.split(":");
      const pixels = Number(width);
      return { code, width: pixels > 0 ? boundedWidth(pixels) : null };
    });
}

const plainly = <R>(all: Column<R>[]): ColumnChoice[] =>
  all.filter((one) => !one.further).map((one) => ({ code: one.key, width: null }));

/** What is shown now, in words of a choice; nothing chosen means the list's own columns. */
export function choiceNow<R>(all: Column<R>[], choice: ColumnChoice[]): ColumnChoice[] {
  const known = choice.filter(({ code }) => all.some((one) => one.key === code));
  if (known.length === 0) return plainly(all);
  return known.some(({ code }) => code === ALWAYS) ? known : [{ code: ALWAYS }, ...known];
}

/** The columns to draw: those chosen, in their order, as wide as they were made. */
export function arranged<R>(all: Column<R>[], choice: ColumnChoice[]): Column<R>[] {
  return choiceNow(all, choice).flatMap(({ code, width }) => {
    const column = all.find((one) => one.key === code);
    if (!column) return [];
    if (!width) return [column];
    // Made so by hand, it stays so.
    const { fitted: _, ...plain } = column;
    return [{ ...plain, track: `${width}px` }];
  });
}

export const canHide = (code: string): boolean => code !== ALWAYS;

/** The same choice with a column put elsewhere. */
export function moved(choice: ColumnChoice[], code: string, to: number): ColumnChoice[] {
  const from = choice.findIndex((one) => one.code === code);
  const one = choice[from];
  if (!one) return choice;
  const rest = choice.filter((other) => other !== one);
  const at = Math.min(rest.length, Math.max(0, to));
  return [...rest.slice(0, at), one, ...rest.slice(at)];
}

/** The least that a track takes: what a list must be wide for its columns. */
export function leastOf(track: string): number {
  const found = /(\d+)px/.exec(track);
  return found ? Number(found[1]) : 120;
}

const SIGN = 8;
const AROUND = 28;
const WIDEST_FITTED = 240;

/** The track of a column, wider where its longest text needs it. */
export function fittedTrack<R>({ track, fitted }: Column<R>, rows: R[]): string {
  if (!fitted) return track;
  const longest = rows.reduce((most, row) => Math.max(most, (fitted(row) ?? "").length), 0);
  const needed = Math.min(WIDEST_FITTED, longest * SIGN + AROUND);
  return needed > leastOf(track) ? `${needed}px` : track;
}

/** Columns that rows carry only when they are asked for. */
export const askedFor = (choice: ColumnChoice[]): string =>
  choice
    .map(({ code }) => code)
    .filter((code) => code === "tags" || code.startsWith("fields."))
    .join(",");
