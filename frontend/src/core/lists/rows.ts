import { type InfiniteData, keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef } from "react";
import type { CardBase, Page } from "../../api/contract";
import { get } from "../../api/request";
import { type CardKind, keys } from "../entities/kind";
import { useLive } from "../realtime/live";
import { cache } from "../session/session";

/** Filters, sort and search as the server takes them. */
export type ListQuery = Record<string, string>;

const PAGE_SIZE = 100;
const CALM_MS = 250;

type Data<R> = InfiniteData<Page<R>, string | null>;

function loadPage<R>(
  kind: CardKind,
  query: ListQuery,
  cursor: string | null,
  signal?: AbortSignal,
) {
  return get<Page<R>>(`${kind.path}/`, {
    query: { ...query, cursor, limit: PAGE_SIZE },
    ...(signal ? { signal } : {}),
  });
}

/**
 * Read anew the pages in sight and no others: a list scrolled to its hundredth page
 * must not ask for a hundred pages because one card has changed. When the boundary of
 * the last page has moved, what follows is dropped and loads as it is scrolled to.
 */
async function refreshWindow<R>(
  kind: CardKind,
  query: ListQuery,
  first: number,
  last: number,
): Promise<void> {
  const key = [...keys.list(kind), query];
  const before = cache.getQueryData<Data<R>>(key);
  if (!before) return;
  const pages = before.pages.slice(0, first);
  const params = before.pageParams.slice(0, first);
  let cursor = before.pageParams[first] ?? null;
  for (let index = first; index <= last; index += 1) {
    const page: Page<R> = await loadPage<R>(kind, query, cursor);
    pages.push(page);
    params.push(cursor);
    cursor = page.next;
    if (!cursor) break;
  }
  const sameEdge = cursor !== null && cursor === before.pageParams[pages.length];
  const now = cache.getQueryData<Data<R>>(key) ?? before;
  cache.setQueryData<Data<R>>(key, {
    pages: sameEdge ? [...pages, ...now.pages.slice(pages.length)] : pages,
    pageParams: sameEdge ? [...params, ...now.pageParams.slice(pages.length)] : params,
  });
}

/** Rows of a list, page after page by cursor, kept fresh by the socket. */
export function useRows<R extends CardBase>(kind: CardKind, query: ListQuery) {
  const inSight = useRef({ first: 0, last: 0 });
  const timer = useRef<number | undefined>(undefined);
  const result = useInfiniteQuery({
    queryKey: [...keys.list(kind), query],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => loadPage<R>(kind, query, pageParam, signal),
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });

  const refresh = useCallback(() => {
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => {
      const { first, last } = inSight.current;
      void refreshWindow<R>(kind, query, first, last).catch(() => undefined);
      void cache.invalidateQueries({ queryKey: keys.counts(kind) });
    }, CALM_MS);
  }, [kind, query]);
  useLive(`list:${kind.code}`, refresh);

  // A list that was left and came back shows what it had and looks again at once.
  const refreshOnReturn = useRef(result.data !== undefined);
  useEffect(() => {
    if (refreshOnReturn.current) refresh();
    return () => window.clearTimeout(timer.current);
  }, [refresh]);

  const rows = useMemo(() => distinct(result.data?.pages ?? []), [result.data]);
  const see = useCallback((firstRow: number, lastRow: number) => {
    inSight.current = {
      first: Math.floor(Math.max(0, firstRow) / PAGE_SIZE),
      last: Math.floor(Math.max(0, lastRow) / PAGE_SIZE),
    };
  }, []);
  return { ...result, rows, see, refresh };
}

/** A row that moved between two pages while they were read is shown once. */
function distinct<R extends CardBase>(pages: Page<R>[]): R[] {
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
