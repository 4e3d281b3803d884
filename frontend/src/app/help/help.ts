import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { Page } from "../../api/contract";
import type { Appeal, AppealLine, AppealState, Help } from "../../api/help";
import { get } from "../../api/request";
import { cache } from "../../core/session/cache";
import type { Tone } from "../../ui/marks";
import { createStore } from "../../ui/store";

const KEY = ["help"] as const;
const PAGE = 30;
/** The bell rings for an answer: what is shown here is asked again by it. */
const RINGS = { meta: { rings: true } };

/** Whether the panel is open, and on which leaf. */
export const helpOpen = createStore<"home" | "write" | null>(null);

export const STATES: Record<
  AppealState,
  { tone: Tone; word: "stateNew" | "stateAnswered" | "stateWaiting" | "stateClosed" }
> = {
  new: { tone: "blue", word: "stateNew" },
  answered: { tone: "green", word: "stateAnswered" },
  waiting: { tone: "amber", word: "stateWaiting" },
  closed: { tone: "neutral", word: "stateClosed" },
};

/** The service's people who are in as guests have nobody to ask here. */
export function useHelp(enabled = true) {
  return useQuery({
    queryKey: [...KEY, "known"],
    queryFn: () => get<Help>("help/"),
    staleTime: 300_000,
    enabled,
  });
}

export function useAppeals(state: string, all: boolean, enabled: boolean) {
  return useInfiniteQuery({
    queryKey: [...KEY, "appeals", state, all],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      get<Page<Appeal>>("help/appeals/", {
        query: { state, all: all || undefined, limit: PAGE, cursor: pageParam },
        signal,
      }),
    getNextPageParam: (page) => page.next,
    enabled,
    ...RINGS,
  });
}

export function useAppeal(id: string) {
  return useQuery({
    queryKey: [...KEY, "appeal", id],
    queryFn: ({ signal }) => get<Appeal>(`help/appeals/${id}/`, { signal }),
    ...RINGS,
  });
}

const CHECK_EVERY_MS = 2000;

export function useLines(id: string) {
  return useInfiniteQuery({
    queryKey: [...KEY, "lines", id],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      get<Page<AppealLine>>(`help/appeals/${id}/lines/`, {
        query: { limit: PAGE, cursor: pageParam },
        signal,
      }),
    getNextPageParam: (page) => page.next,
    // A file is checked within moments, and nobody is told of that.
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) =>
        page.results.some(({ files }) => files.some((file) => file.state === "checking")),
      )
        ? CHECK_EVERY_MS
        : false,
    ...RINGS,
  });
}

export const refresh = () => cache.invalidateQueries({ queryKey: KEY });
