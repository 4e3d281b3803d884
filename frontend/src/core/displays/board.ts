import { keepPreviousData, type QueryKey, useQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useRef, useState } from "react";
import type { CardBase } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { get } from "../../api/request";
import { complain } from "../../ui/toast";
import { type CardKind, keys } from "../entities/kind";
import type { ListQuery } from "../lists/pages";
import { useLive } from "../realtime/live";
import { cache } from "../session/cache";
import { recount } from "../session/session";
import { type Laid, moved, withColumns, withFurther } from "./columns";

const FIRST = 20;
const MOST = 200;
const CALM_MS = 250;

/** Show a card in another column before the server has said so; what comes back puts the board back. */
export function showMoved<R extends CardBase>(key: QueryKey, id: number, to: string): () => void {
  void cache.cancelQueries({ queryKey: key });
  const before = cache.getQueryData<Laid<R>>(key);
  cache.setQueryData<Laid<R>>(key, (now) => now && moved(now, id, to));
  return () => cache.setQueryData(key, before);
}

/** After a change of any card of the kind, once for a run of them. */
export function useFresh(kind: CardKind, refresh: () => void): void {
  const timer = useRef<number | undefined>(undefined);
  const hear = useCallback(() => {
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => {
      refresh();
      void cache.invalidateQueries({ queryKey: keys.counts(kind) });
      recount();
    }, CALM_MS);
  }, [kind, refresh]);
  useLive(`list:${kind.code}`, hear);
}

/** A list in columns, kept fresh by the socket; a column reads on as it is scrolled. */
export function useBoard<R extends CardBase>(kind: CardKind, by: string, query: ListQuery) {
  const key = useMemo(() => [kind.code, "board", by, query] as const, [kind, by, query]);
  const longest = useRef(FIRST);
  const [reading, setReading] = useState<string | null>(null);
  const ask = useCallback(
    (more: Record<string, string | number | null>) =>
      get<Laid<R>>(`${kind.path}/board/`, { query: { ...query, by, ...more } }),
    [kind, by, query],
  );
  const result = useQuery({
    queryKey: key,
    // What has been scrolled to stays in its place when the board is read anew.
    queryFn: async () => {
      const shown = cache.getQueryData<Laid<R>>(key);
      let board = await ask({ limit: longest.current });
      while (shown && board.next && board.columns.length < shown.columns.length) {
        board = withColumns(board, await ask({ columns_cursor: board.next }));
      }
      return board;
    },
    placeholderData: keepPreviousData,
  });
  const { refetch } = result;
  useFresh(
    kind,
    useCallback(() => void refetch(), [refetch]),
  );

  const readOn = async (what: string, more: Record<string, string>, join: typeof withFurther) => {
    setReading(what);
    try {
      const read = await ask({ limit: FIRST, ...more });
      cache.setQueryData<Laid<R>>(key, (now) => now && (join(now, read) as Laid<R>));
      const whole = cache.getQueryData<Laid<R>>(key)?.columns ?? [];
      const most = Math.max(FIRST, ...whole.map((column) => column.results.length));
      longest.current = Math.min(MOST, most);
    } catch (error) {
      complain(sentenceOf(error));
    } finally {
      setReading(null);
    }
  };
  const further = (column: string) => {
    const next = result.data?.columns.find((one) => one.value === column)?.next;
    if (next && !reading) void readOn(column, { column, cursor: next }, withFurther);
  };
  const columns = () => {
    const next = result.data?.next;
    if (next && !reading) void readOn("columns", { columns_cursor: next }, withColumns);
  };
  return { ...result, key, reading, further, moreColumns: columns };
}
