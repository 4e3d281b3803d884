import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { Brief, Page, SearchAnswer } from "../../api/contract";
import { get } from "../../api/request";
import { useSettled } from "../people/people";
import { useRecent } from "./recent";

const LIVE_LIMIT = 8;
const PAGE_LIMIT = 30;
/** One letter is met everywhere; one digit is the number of a card. */
const SHORTEST = 2;
const NUMBER = /^\p{Nd}$/u;

export const isAsked = (text: string): boolean => {
  const typed = text.trim();
  return typed.length >= SHORTEST || NUMBER.test(typed);
};

/** Something is typed, and it says too little to look for. */
export const isTooShort = (text: string): boolean => text.trim() !== "" && !isAsked(text);

/** The address of the page with all that is found. */
export const searchPage = (text: string): string => `/search?${new URLSearchParams({ q: text })}`;

/** The first found cards while somebody types; `settled` when they answer to the letters of now. */
export function useLiveSearch(text: string) {
  const settled = useSettled(text);
  const query = useQuery({
    queryKey: ["search", "live", settled],
    enabled: isAsked(settled),
    staleTime: 5_000,
    placeholderData: keepPreviousData,
    retry: false,
    queryFn: ({ signal }) =>
      get<SearchAnswer>("search/", { query: { q: settled, limit: LIVE_LIMIT }, signal }),
  });
  const asked = isAsked(text);
  return {
    answer: asked ? query.data : undefined,
    error: asked && query.isError ? query.error : null,
    settled: !asked || (settled === text && !query.isPlaceholderData && !query.isFetching),
  };
}

/** All that is found, page by page. */
export function useSearchPages(text: string, kind: string) {
  return useInfiniteQuery({
    queryKey: ["search", "pages", text, kind],
    enabled: isAsked(text),
    staleTime: 5_000,
    retry: false,
    placeholderData: keepPreviousData,
    initialPageParam: null as string | null,
    getNextPageParam: (page: SearchAnswer) => page.next,
    queryFn: ({ pageParam, signal }) =>
      get<SearchAnswer>("search/", {
        query: { q: text, kind, cursor: pageParam, limit: PAGE_LIMIT },
        signal,
      }),
  });
}

/** Cards that were opened here lately and may still be seen. */
export function useRecentCards() {
  const refs = useRecent();
  const query = useQuery({
    queryKey: ["search", "recent", refs.join(",")],
    enabled: refs.length > 0,
    staleTime: 15_000,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      get<Pick<Page<Brief>, "results">>("search/cards/", {
        query: { refs: refs.join(",") },
        signal,
      }),
  });
  return refs.length > 0 ? (query.data?.results ?? []) : [];
}
