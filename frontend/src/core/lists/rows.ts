import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { type CardKind, keys } from "../entities/kind";
import { useLive } from "../realtime/live";
import { cache } from "../session/cache";
import { recount } from "../session/session";
import {
  asleepNear,
  distinct,
  type Listed,
  type ListQuery,
  loadPage,
  loadSpan,
  type Pages,
  pagesOf,
  type Span,
  withRest,
  withSpan,
} from "./pages";

const CALM_MS = 250;
const WAKE_MS = 60;

/**
 * Read anew some pages and no others: a list scrolled to its hundredth page must not ask
 * for a hundred pages because one card has changed.
 */
async function refreshSpan<R extends Listed>(
  kind: CardKind,
  query: ListQuery,
  { first, last }: Span,
): Promise<void> {
  const key = [...keys.list(kind), query];
  const before = cache.getQueryData<Pages<R>>(key);
  if (!before) return;
  const read = await loadSpan<R>(kind, query, before.pageParams[first] ?? null, last - first + 1);
  cache.setQueryData<Pages<R>>(key, (now) => withSpan(now ?? before, read, first));
}

/**
 * Rows of a list, page after page by cursor, kept fresh by the socket. Only the pages around
 * those in sight are whole: far ones keep their places and what `keep` takes of each row, and
 * are read again when they are scrolled back to.
 */
export function useRows<R extends Listed>(
  kind: CardKind,
  query: ListQuery,
  keep: (row: R) => object,
  /** Shown in another shape, a list reads no rows. */
  enabled = true,
) {
  const inSight = useRef<Span>({ first: 0, last: 0 });
  const timer = useRef<number | undefined>(undefined);
  const waking = useRef<number | undefined>(undefined);
  const reading = useRef(false);
  const key = useMemo(() => [...keys.list(kind), query], [kind, query]);
  const result = useInfiniteQuery({
    queryKey: key,
    enabled,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => loadPage<R>(kind, query, pageParam, signal),
    getNextPageParam: (page) => page.next ?? undefined,
    // Read again by itself the library would read every page there is.
    staleTime: "static",
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });

  const pagesInSight = useCallback(
    () => pagesOf(cache.getQueryData<Pages<R>>(key)?.pages ?? [], inSight.current),
    [key],
  );
  const refresh = useCallback(() => {
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => {
      // The first page may have been read before the change: it is looked at again when it is here.
      if (!cache.getQueryData(key) && cache.isFetching({ queryKey: key, exact: true }) > 0)
        return refresh();
      void refreshSpan<R>(kind, query, pagesInSight()).catch(() => undefined);
      void cache.invalidateQueries({ queryKey: keys.counts(kind) });
      void cache.invalidateQueries({ queryKey: keys.summary(kind) });
    }, CALM_MS);
  }, [kind, query, key, pagesInSight]);
  const hear = useCallback(() => {
    refresh();
    recount();
  }, [refresh]);
  useLive(enabled ? `list:${kind.code}` : null, hear);
  useRefreshWhenStale(key, refresh);

  // A list that was left and came back shows what it had and looks again at once.
  useEffect(() => {
    if (enabled && cache.getQueryData(key)) refresh();
    return () => window.clearTimeout(timer.current);
  }, [enabled, key, refresh]);

  const wake = useCallback(
    async (asleep: Span) => {
      reading.current = true;
      await refreshSpan<R>(kind, query, asleep).catch(() => undefined);
      reading.current = false;
    },
    [kind, query],
  );
  /** Far pages fall asleep, near ones are woken; a page that cannot be read is tried at the next move. */
  const tidy = useCallback(() => {
    window.clearTimeout(waking.current);
    waking.current = window.setTimeout(() => {
      const now = cache.getQueryData<Pages<R>>(key);
      if (!now || reading.current || cache.isFetching({ queryKey: key, exact: true }) > 0) return;
      const sight = pagesInSight();
      const rested = withRest(now, sight, keep);
      if (rested !== now) cache.setQueryData<Pages<R>>(key, rested);
      const asleep = asleepNear(rested.pages, sight);
      if (asleep) void wake(asleep);
    }, WAKE_MS);
  }, [key, keep, wake, pagesInSight]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each page that has come may push another out.
  useEffect(() => {
    tidy();
    return () => window.clearTimeout(waking.current);
  }, [tidy, result.data]);

  const rows = useMemo(() => distinct(result.data?.pages ?? []), [result.data]);
  const see = useCallback(
    (first: number, last: number) => {
      inSight.current = { first, last };
      tidy();
    },
    [tidy],
  );
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = result;
  /** The page behind those that are read, if there is one and it is not on its way. */
  const more = useCallback(() => {
    if (!hasNextPage || isFetchingNextPage) return;
    // A list asks in an effect, which runs before the one that turns the reader to another query:
    // asked at once it would go on in the query that was left, and this one would stay unfinished.
    queueMicrotask(() => void fetchNextPage());
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return { ...result, rows, see, refresh, more };
}

/** Whatever is said to be stale is read anew as far as it is in sight. */
function useRefreshWhenStale(key: readonly unknown[], refresh: () => void): void {
  useEffect(() => {
    const hash = JSON.stringify(key);
    return cache.getQueryCache().subscribe((event) => {
      if (event.type !== "updated" || event.action.type !== "invalidate") return;
      if (JSON.stringify(event.query.queryKey) === hash) refresh();
    });
  }, [key, refresh]);
}
