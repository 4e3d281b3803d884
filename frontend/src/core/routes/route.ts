import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { get, post } from "../../api/request";
import type { Offered, Strip, TriedStage, Verdict } from "../../api/routes";
import { type CardKind, keys, refOf } from "../entities/kind";
import { useLive } from "../realtime/live";
import { cache } from "../session/cache";
import { recount } from "../session/session";

/** The route of one card: read, listened to, and everything that people do on it. */

const stripKey = (kind: CardKind, id: number) => [...keys.card(kind, id), "route"] as const;

export function useStrip(kind: CardKind, id: number) {
  const query = useQuery({
    queryKey: stripKey(kind, id),
    queryFn: ({ signal }) => get<Strip>(`cards/${id}/route/`, { signal }),
  });
  const heard = useCallback(
    () => void cache.invalidateQueries({ queryKey: stripKey(kind, id) }),
    [kind, id],
  );
  useLive(`ref:${refOf(kind, id)}`, heard);
  return query;
}

/** The strip as the server has it after a deed, and whatever else shows that the card has moved. */
export function settleStrip(kind: CardKind, id: number, strip: Strip): void {
  cache.setQueryData(stripKey(kind, id), strip);
  void cache.invalidateQueries({
    queryKey: keys.card(kind, id),
    predicate: ({ queryKey }) => queryKey.at(-1) !== "route",
  });
  void cache.invalidateQueries({ queryKey: keys.list(kind) });
  void cache.invalidateQueries({ queryKey: keys.counts(kind) });
  void cache.invalidateQueries({ queryKey: ["waiting"] });
  void cache.invalidateQueries({ queryKey: ["home"] });
  recount();
}

/** Somebody has edited or decided meanwhile: the card and its strip are read anew. */
export const readAnew = (kind: CardKind, id: number): Promise<void> =>
  cache.invalidateQueries({ queryKey: keys.card(kind, id) });

/** Routes along which a card may be sent. */
export const useOffered = (id: number) =>
  useQuery({
    queryKey: ["routes-offered", id],
    staleTime: 0,
    queryFn: ({ signal }) => get<Offered>(`cards/${id}/routes/`, { signal }),
  });

/** Who would be asked about the card along a route, were it sent now. */
export const usePreview = (id: number, route: number | null) =>
  useQuery({
    queryKey: ["routes-preview", id, route],
    enabled: route !== null,
    staleTime: 0,
    queryFn: async ({ signal }) =>
      (await get<{ stages: TriedStage[] }>(`cards/${id}/routes/${route}/preview/`, { signal }))
        .stages,
  });

/** `people` are those whom the sender has picked, where the route asks for them. */
export const sendCard = (id: number, route: number, people: number[]) =>
  post<Strip>(`cards/${id}/route/`, { route, ...(people.length > 0 && { people }) });

export const recallCard = (id: number, text: string) =>
  post<Strip>(`cards/${id}/route/recall/`, { text });

export interface Said {
  verdict: Verdict;
  text: string;
  /** Hash of the content that was looked at. */
  seen: string;
  /** Where a return leads: a stage, empty for the initiator. */
  to: string;
}

export const decide = (step: number, said: Said) =>
  post<Strip>(`route-steps/${step}/decide/`, said);

export const redirectStep = (step: number, to: number, text: string) =>
  post<Strip>(`route-steps/${step}/redirect/`, { to, text });

export const askColleague = (step: number, person: number, text: string) =>
  post<Strip>(`route-steps/${step}/ask/`, { person, text });

export const answerQuestion = (question: number, text: string) =>
  post<Strip>(`route-questions/${question}/answer/`, { text });
