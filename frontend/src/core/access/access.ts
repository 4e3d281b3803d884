import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { Explanation, Page, Person, Rights, Seer } from "../../api/contract";
import { get } from "../../api/request";
import { type CardKind, keys } from "../entities/kind";

/** Who sees a card, why somebody does or does not, and what a person may at all. */

export function useSeers(kind: CardKind, id: number | string) {
  return useInfiniteQuery({
    queryKey: [...keys.card(kind, id), "access"],
    initialPageParam: null as string | null,
    // Roles and departments change without the card's knowing.
    staleTime: 0,
    queryFn: ({ pageParam, signal }) =>
      get<Page<Seer>>(`${kind.path}/${id}/access/`, { query: { cursor: pageParam }, signal }),
    getNextPageParam: (page) => page.next ?? undefined,
    select: (data) => data.pages.flatMap((page) => page.results),
  });
}

export function useExplanation(kind: CardKind, id: number | string, person: Person["id"]) {
  return useQuery({
    queryKey: [...keys.card(kind, id), "access", person],
    enabled: person !== null,
    staleTime: 0,
    queryFn: ({ signal }) => get<Explanation>(`${kind.path}/${id}/access/${person}/`, { signal }),
  });
}

export function useRights(person: Person["id"]) {
  return useQuery({
    queryKey: ["rights", person],
    enabled: person !== null,
    staleTime: 0,
    queryFn: ({ signal }) => get<Rights>(`rights/${person}/`, { signal }),
  });
}
