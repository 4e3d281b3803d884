import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { get } from "../../api/request";
import type { CardKind } from "../entities/kind";
import type { ListQuery } from "../lists/pages";
import { useFresh } from "./board";
import type { Barred } from "./Timeline";

interface Bars<R> {
  results: Barred<R>[];
  next: string | null;
  arrows: number[][];
}

/** Bars of a window, page after page by their ends, kept fresh by the socket. */
export function useTimeline<R>(kind: CardKind, from: string, to: string, query: ListQuery) {
  const key = useMemo(
    () => [kind.code, "timeline", from, to, query] as const,
    [kind, from, to, query],
  );
  const result = useInfiniteQuery({
    queryKey: key,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const { ordering: _, ...filters } = query;
      const asked = { query: { ...filters, from, to, cursor: pageParam }, signal };
      return get<Bars<R>>(`${kind.path}/timeline/`, asked);
    },
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
  const { refetch } = result;
  useFresh(
    kind,
    useCallback(() => void refetch(), [refetch]),
  );
  const rows = useMemo(
    () => result.data?.pages.flatMap((page) => page.results) ?? [],
    [result.data],
  );
  const arrows = useMemo(
    () => result.data?.pages.flatMap((page) => page.arrows) ?? [],
    [result.data],
  );
  return { ...result, rows, arrows };
}
