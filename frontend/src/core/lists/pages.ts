import type { InfiniteData } from "@tanstack/react-query";
import type { Page } from "../../api/contract";
import { get } from "../../api/request";
import type { CardKind } from "../entities/kind";
import { isResting, RESTING } from "../entities/resting";
import { stepAfter, stepOf, WALK } from "./groups";

/** Filters, sort and search as the server takes them. */
export type ListQuery = Record<string, string>;

/** Whatever stands in a list. */
export interface Listed {
  id: number;
}

export type Pages<R> = InfiniteData<Page<R>, string | null>;

export interface Span {
  first: number;
  last: number;
}

const PAGE_SIZE = 100;
/** Pages on either side of those in sight whose rows are whole. */
const NEAR = 3;
/** Scrolled to and fro, a page must not fall asleep and wake at each turn. */
const FAR = 6;

export function loadPage<R>(
  kind: CardKind,
  query: ListQuery,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<Page<R>> {
  const { [WALK]: walk, ...asked } = query;
  if (walk === undefined) return loadPlain<R>(kind, asked, cursor, signal);
  return loadStep<R>(kind, asked, walk, cursor, signal);
}

/** A page of a list that is read group after group: its rows know which group they came in. */
async function loadStep<R>(
  kind: CardKind,
  query: ListQuery,
  walk: string,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<Page<R>> {
  const step = stepOf(walk, cursor);
  if (!step) return { results: [], next: null };
  const asked = { ...query, in_group: step.value };
  const page = await loadPlain<R>(kind, asked, step.cursor, signal);
  return {
    results: page.results.map((row) => ({ ...row, in_group: step.value })),
    next: stepAfter(walk, step.value, page.next),
  };
}

function loadPlain<R>(
  kind: CardKind,
  query: ListQuery,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<Page<R>> {
  return get<Page<R>>(`${kind.path}/`, {
    query: { ...query, cursor, limit: PAGE_SIZE },
    ...(signal ? { signal } : {}),
  });
}

/** Read pages anew, each from where the one before it has ended. */
export async function loadSpan<R>(
  kind: CardKind,
  query: ListQuery,
  from: string | null,
  count: number,
): Promise<Pages<R>> {
  const read: Pages<R> = { pages: [], pageParams: [] };
  let cursor = from;
  for (let index = 0; index < count; index += 1) {
    const page = await loadPage<R>(kind, query, cursor);
    read.pages.push(page);
    read.pageParams.push(cursor);
    cursor = page.next;
    if (!cursor) break;
  }
  return read;
}

/**
 * Put pages just read in their place. When their edge has moved, what follows is dropped
 * and loads as it is scrolled to; what stands before them stays where it is.
 */
export function withSpan<R>(now: Pages<R>, read: Pages<R>, first: number): Pages<R> {
  const end = first + read.pages.length;
  const edge = read.pages.at(-1)?.next ?? null;
  const after = edge !== null && edge === now.pageParams[end] ? end : now.pages.length;
  return {
    pages: [...now.pages.slice(0, first), ...read.pages, ...now.pages.slice(after)],
    pageParams: [
      ...now.pageParams.slice(0, first),
      ...read.pageParams,
      ...now.pageParams.slice(after),
    ],
  };
}

/** The pages that some rows stand on; a page may have lost rows to another, or to the bin. */
export function pagesOf<R>(pages: Page<R>[], rows: Span): Span {
  const at = (row: number): number => {
    let before = 0;
    const index = pages.findIndex((page) => {
      before += page.results.length;
      return before > row;
    });
    return index < 0 ? Math.max(0, pages.length - 1) : index;
  };
  return { first: at(rows.first), last: at(rows.last) };
}

/** All rows of a page rest or none does. */
const rests = ({ results: [one] }: Page<Listed>): boolean => one === undefined || isResting(one);

/** Let the rows of far pages rest; the same pages again when there is nothing to let go. */
export function withRest<R extends Listed>(
  now: Pages<R>,
  sight: Span,
  keep: (row: NoInfer<R>) => object,
): Pages<R> {
  const isFar = (index: number) => index < sight.first - FAR || index > sight.last + FAR;
  if (!now.pages.some((page, index) => isFar(index) && !rests(page))) return now;
  const pages = now.pages.map((page, index) =>
    isFar(index) && !rests(page)
      ? { ...page, results: page.results.map((row) => restingOf(row, keep)) }
      : page,
  );
  return { ...now, pages };
}

/** A group's row stays in its group. */
function restingOf<R extends Listed>(row: R, keep: (row: R) => object): R {
  const group = "in_group" in row ? { in_group: row.in_group } : {};
  return { ...keep(row), ...group, ...RESTING } as never;
}

function asleepWithin<R extends Listed>(pages: Page<R>[], first: number, last: number) {
  const from = Math.max(0, first);
  const near = pages.slice(from, last + 1);
  const isAsleep = (page: Page<R>) => page.results.length > 0 && rests(page);
  const found = near.findIndex(isAsleep);
  return found < 0 ? null : { first: from + found, last: from + near.findLastIndex(isAsleep) };
}

/** The pages that must be read again: those in sight before those around them. */
export function asleepNear<R extends Listed>(pages: Page<R>[], sight: Span): Span | null {
  const { first, last } = sight;
  return asleepWithin(pages, first, last) ?? asleepWithin(pages, first - NEAR, last + NEAR);
}

/** A row that moved between two pages while they were read is shown once. */
export function distinct<R extends Listed>(pages: Page<R>[]): R[] {
  const seen = new Set<number>();
  const rows: R[] = [];
  for (const page of pages) {
    for (const row of page.results) {
      if (seen.has(row.id)) continue;
      seen.add(row.id);
      rows.push(row);
    }
  }
  return rows;
}
