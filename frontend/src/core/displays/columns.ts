import type { BoardMove, CardBase, Person } from "../../api/contract";

/** A board as the server lays it out, and what becomes of it when a card is moved; no requests here. */
export type Movable<R> = R & { moves: BoardMove[] };

export interface Column<R> {
  value: string;
  title: string;
  person: Person | null;
  /** The body of the PATCH that moves a card here; null when none does. */
  sets: Record<string, unknown> | null;
  count: number;
  results: Movable<R>[];
  next: string | null;
}

export interface Laid<R> {
  columns: Column<R>[];
  next: string | null;
}

/** How a card gets into a column: by a deed, by a PATCH, or not at all. */
export function wayInto<R>(card: Movable<R>, column: Pick<Column<R>, "value" | "sets">) {
  const deed = card.moves.find((move) => move.to === column.value);
  if (deed) return deed;
  return column.sets === null ? undefined : card.moves.find((move) => move.to === "");
}

export function placeOf<R extends CardBase>(board: Laid<R>, id: number) {
  for (const column of board.columns) {
    const card = column.results.find((one) => one.id === id);
    if (card) return { column, card };
  }
  return null;
}

/** The board with a card taken out of its column and put on top of another; the same when it is not there. */
export function moved<R extends CardBase>(board: Laid<R>, id: number, to: string): Laid<R> {
  const found = placeOf(board, id);
  if (!found || found.column.value === to || !board.columns.some((one) => one.value === to)) {
    return board;
  }
  const columns = board.columns.map((column) => {
    if (column.value === found.column.value) {
      const results = column.results.filter((one) => one.id !== id);
      return { ...column, results, count: Math.max(0, column.count - 1) };
    }
    if (column.value !== to) return column;
    return { ...column, results: [found.card, ...column.results], count: column.count + 1 };
  });
  return { ...board, columns };
}

/** The board with further cards of a column at its end; one that has come there meanwhile stays once. */
export function withFurther<R extends CardBase>(board: Laid<R>, read: Laid<R>): Laid<R> {
  const columns = board.columns.map((column) => {
    const page = read.columns.find((one) => one.value === column.value);
    if (!page) return column;
    const known = new Set(column.results.map((one) => one.id));
    const fresh = page.results.filter((one) => !known.has(one.id));
    return {
      ...column,
      results: [...column.results, ...fresh],
      count: page.count,
      next: page.next,
    };
  });
  return { ...board, columns };
}

/** The board with further columns. */
export function withColumns<R>(board: Laid<R>, read: Laid<R>): Laid<R> {
  const known = new Set(board.columns.map((one) => one.value));
  const fresh = read.columns.filter((one) => !known.has(one.value));
  return { columns: [...board.columns, ...fresh], next: read.next };
}

/** The column beside one, to the left or to the right; the same at either end. */
export function beside<R>(columns: Column<R>[], value: string, step: number): string {
  const at = columns.findIndex((one) => one.value === value);
  return columns[Math.min(columns.length - 1, Math.max(0, at + step))]?.value ?? value;
}

export const idsOn = <R extends CardBase>(board: Laid<R> | undefined): number[] =>
  board?.columns.flatMap((column) => column.results.map((one) => one.id)) ?? [];
