import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import type {
  Forecast,
  Occurrences,
  PlanFields,
  Recurrence,
  RecurrenceFields,
} from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { del, get, patch, post, put } from "../../api/request";
import { i18next } from "../../ui/texts";
import { complain } from "../../ui/toast";
import { undoable } from "../../ui/undo";
import { type CardKind, keys } from "../entities/kind";
import { cache } from "../session/cache";
import "./words";

export interface Place {
  kind: CardKind;
  id: number;
  /** Where a plan is asked about when the card that will come round is still to be made from this one. */
  planAt?: string;
}

/** The latest say how it goes; the rest is asked for. */
const FIRST = 5;
const PAGE = 30;
/** The worker needs a moment, and no browser counts further than this. */
const AFTER_MS = 4_000;
const LONGEST_MS = 3_600_000;

/** Plans removed on screen but not yet on the server: a refetch must not bring them back. */
const removing = new Set<string>();

const without = (kept: Recurrence): Recurrence => ({
  ...kept,
  plan: null,
  forecast: null,
  is_on: false,
});

const pathOf = ({ kind, id }: Place, tail = ""): string => `${kind.path}/${id}/recurrence/${tail}`;

export function useRecurrence({ kind, id }: Place) {
  return useQuery({
    queryKey: keys.recurrence(kind, id),
    queryFn: async ({ signal }) => {
      const kept = await get<Recurrence>(pathOf({ kind, id }), { signal });
      return removing.has(pathOf({ kind, id })) ? without(kept) : kept;
    },
  });
}

/** Look again when the next moment has come: something new stands there. */
export function useNextMoment({ kind, id }: Place, next: string | undefined): void {
  useEffect(() => {
    if (!next) return;
    const wait = Math.max(0, new Date(next).getTime() - Date.now()) + AFTER_MS;
    const look = () => void cache.invalidateQueries({ queryKey: keys.card(kind, id) });
    const timer = window.setTimeout(look, Math.min(wait, LONGEST_MS));
    return () => window.clearTimeout(timer);
  }, [kind, id, next]);
}

/** What stands where nobody has set a plan yet. */
export const UNPLANNED: Recurrence = {
  plan: null,
  forecast: null,
  catch_up: "latest",
  one_open: false,
  most: null,
  made: 0,
  is_on: false,
  completion: null,
  asks_work: false,
  work: null,
  usual: null,
  usual_hidden: false,
  why_none: "",
  can_edit: true,
};

/** The dates of a plan that is not kept yet; null asks nothing. */
export function useForecast(place: Place, plan: PlanFields | null) {
  const path = `${place.planAt ?? pathOf(place)}preview/`;
  return useQuery({
    queryKey: [...keys.recurrence(place.kind, place.id), "preview", plan],
    queryFn: ({ signal }) => post<Forecast>(path, plan, { signal, reads: true }),
    enabled: plan !== null,
    placeholderData: keepPreviousData,
    retry: false,
  });
}

function settle({ kind, id }: Place, kept: Recurrence): void {
  cache.setQueryData(keys.recurrence(kind, id), kept);
  void cache.invalidateQueries({ queryKey: keys.history(kind, id) });
  void cache.invalidateQueries({ queryKey: keys.list(kind) });
}

export async function savePlan(place: Place, body: RecurrenceFields): Promise<void> {
  settle(place, await put<Recurrence>(pathOf(place), body));
}

export async function switchPlan(place: Place, is_on: boolean): Promise<void> {
  try {
    settle(place, await patch<Recurrence>(pathOf(place), { is_on }));
  } catch (error) {
    complain(sentenceOf(error));
  }
}

/** Gone from the screen at once, from the server when nobody has taken it back. */
export function removePlan(place: Place, kept: Recurrence): void {
  const { kind, id } = place;
  const path = pathOf(place);
  removing.add(path);
  cache.setQueryData<Recurrence>(keys.recurrence(kind, id), without(kept));
  const look = async () => {
    removing.delete(path);
    await cache.invalidateQueries({ queryKey: keys.card(kind, id) });
    await cache.invalidateQueries({ queryKey: keys.list(kind) });
  };
  undoable(
    i18next.t("recurrence:removed"),
    {
      commit: (leaving) => del(path, { keepalive: leaving }).then(look),
      undo: look,
      failed: (error) => {
        complain(sentenceOf(error));
        void look();
      },
    },
    "repeat",
  );
}

export function useOccurrences({ kind, id }: Place) {
  return useInfiniteQuery({
    queryKey: keys.occurrences(kind, id),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      get<Occurrences>(`${kind.path}/${id}/occurrences/`, {
        query: { cursor: pageParam, limit: pageParam ? PAGE : FIRST },
        signal,
      }),
    getNextPageParam: (page) => page.next,
  });
}
