import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { CompanyCard } from "../../api/console";
import type { Page } from "../../api/contract";
import { get, type RequestOptions } from "../../api/request";
import { cache } from "../../core/session/cache";

const KEY = ["console"];
const PAGE = 50;

/** Something has been done: all that is on the screen is asked again. */
export const refresh = () =>
  cache.invalidateQueries({
    predicate: ({ queryKey }) => queryKey[0] === "console" && queryKey[1] !== "state",
  });

/** A list by pages; the conditions are part of what it is. */
export function usePages<T>(path: string, query: RequestOptions["query"] = {}) {
  return useInfiniteQuery({
    queryKey: [...KEY, path, query],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      get<Page<T>>(path, { query: { limit: PAGE, ...query, cursor: pageParam }, signal }),
    getNextPageParam: (page) => page.next,
    // What was found last stands until the next is there.
    placeholderData: keepPreviousData,
  });
}

export type Pages<T> = ReturnType<typeof usePages<T>>;

export function useAnswer<T>(path: string, everyMs?: number) {
  return useQuery({
    queryKey: [...KEY, path],
    queryFn: ({ signal }) => get<T>(path, { signal }),
    refetchInterval: everyMs ?? false,
  });
}

export const useCompany = (id: string) => useAnswer<CompanyCard>(`companies/${id}/`);
