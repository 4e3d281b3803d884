import { type InfiniteData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { CardAction, CardBase, Page } from "../../api/contract";
import { ApiProblem, sentenceOf } from "../../api/problem";
import { del, get, patch, post } from "../../api/request";
import { i18next } from "../../ui/texts";
import { complain, say } from "../../ui/toast";
import { askWhichStays } from "../forms/conflict";
import { cache } from "../session/cache";
import { recount } from "../session/session";
import { type CardKind, keys } from "./kind";
import { isResting } from "./resting";
import "../forms/words";

export function useCard<C extends CardBase>(kind: CardKind, id: string): UseQueryResult<C> {
  const query = useQuery<CardBase>({
    queryKey: keys.card(kind, id),
    queryFn: ({ signal }) => get<C>(`${kind.path}/${id}/`, { signal }),
    // A list row is shown at once while the rest of the card is on its way.
    placeholderData: () => rowInLists<C>(kind, id),
  });
  return query as UseQueryResult<C>;
}

function rowInLists<C extends CardBase>(kind: CardKind, id: string): C | undefined {
  const lists = cache.getQueriesData<InfiniteData<Page<C>>>({ queryKey: keys.list(kind) });
  for (const [, data] of lists) {
    const row = data?.pages.flatMap((page) => page.results).find((one) => String(one.id) === id);
    if (row && !isResting(row)) return row;
  }
  return undefined;
}

/** Show a change everywhere the card is on screen: its drawer and every list. */
export function showChange<C extends CardBase>(
  kind: CardKind,
  id: number | string,
  change: Partial<C>,
): void {
  cache.setQueryData<C>(keys.card(kind, id), (card) => card && { ...card, ...change });
  cache.setQueriesData<InfiniteData<Page<C>>>({ queryKey: keys.list(kind) }, (data) => {
    if (!data?.pages.some((page) => page.results.some((row) => String(row.id) === String(id)))) {
      return data;
    }
    const pages = data.pages.map((page) => ({
      ...page,
      results: page.results.map((row) =>
        String(row.id) === String(id) ? { ...row, ...change } : row,
      ),
    }));
    return { ...data, pages };
  });
}

/** The whole card as the server answered it. */
export function settle<C extends CardBase>(kind: CardKind, card: C): void {
  showChange<C>(kind, card.id, card);
  void cache.invalidateQueries({ queryKey: keys.history(kind, card.id) });
  void cache.invalidateQueries({ queryKey: keys.counts(kind) });
  recount();
}

export interface FieldChange<C> {
  field: string;
  value: unknown;
  /** The same change in the words of the card, shown before the server has answered. */
  shown: Partial<C>;
  /** The field as a sentence, to lay two versions side by side. */
  words: (card: C) => string;
  /** The field's words when the editing began: another's edit that arrived live since then is a conflict too. */
  seen?: string;
}

async function write<C extends CardBase>(kind: CardKind, base: C, change: FieldChange<C>) {
  const body = { [change.field]: change.value };
  const card = await patch<C>(`${kind.path}/${base.id}/`, body, { ifMatch: base.version });
  settle(kind, card);
}

/** 412: untouched by the other person → try again; touched → the reader decides. */
async function reconcile<C extends CardBase>(
  kind: CardKind,
  base: C,
  now: C,
  change: FieldChange<C>,
): Promise<void> {
  settle(kind, now);
  const mine = change.words({ ...base, ...change.shown });
  const theirs = change.words(now);
  if (theirs === mine) return;
  const informed = { ...change, seen: theirs };
  if (theirs === (change.seen ?? change.words(base))) return saveField(kind, now, informed);
  askWhichStays({ mine, theirs, keepMine: () => void saveField(kind, now, informed) });
}

/** Save one field as it is left: shown at once, taken back when refused, never over another's edit. */
export async function saveField<C extends CardBase>(
  kind: CardKind,
  base: C,
  change: FieldChange<C>,
): Promise<void> {
  if (change.seen !== undefined && change.seen !== change.words(base)) {
    return reconcile(kind, base, base, change);
  }
  showChange<C>(kind, base.id, change.shown);
  try {
    await write(kind, base, change);
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 412 && error.current) {
      return reconcile(kind, base, error.current as C, change);
    }
    showChange<C>(kind, base.id, base);
    say(i18next.t("forms:notSaved", { reason: sentenceOf(error) }), {
      icon: "circle-alert",
      stay: 12_000,
      action: { title: i18next.t("ui:retry"), run: () => void saveField(kind, base, change) },
    });
  }
}

/** Press one of the buttons the server offered for this card; `anyway` goes the way that a refusal has named. */
export async function act<C extends CardBase>(
  kind: CardKind,
  id: number | string,
  action: Pick<CardAction, "code">,
  text?: string,
  anyway = false,
): Promise<void> {
  const path = `${kind.path}/${id}/do/${action.code}/`;
  settle(kind, await post<C>(path, { ...(text && { text }), ...(anyway && { anyway }) }));
  await cache.invalidateQueries({ queryKey: keys.comments(kind, id) });
}

function withoutRow(kind: CardKind, id: number | string): void {
  cache.setQueriesData<InfiniteData<Page<CardBase>>>({ queryKey: keys.list(kind) }, (data) => {
    if (!data) return data;
    const pages = data.pages.map((page) => ({
      ...page,
      results: page.results.filter((row) => String(row.id) !== String(id)),
    }));
    return { ...data, pages };
  });
}

/** To the bin, with one press to come back. */
export async function discard(kind: CardKind, id: number | string): Promise<void> {
  withoutRow(kind, id);
  try {
    await del(`${kind.path}/${id}/`);
  } catch (error) {
    complain(sentenceOf(error));
    await cache.invalidateQueries({ queryKey: [kind.code] });
    return;
  }
  recount();
  await cache.invalidateQueries({ queryKey: [kind.code] });
  say(i18next.t("ui:deleted"), {
    icon: "trash-2",
    action: { title: i18next.t("ui:undo"), run: () => void restore(kind, id) },
  });
}

async function restore(kind: CardKind, id: number | string): Promise<void> {
  try {
    await post(`${kind.path}/${id}/restore/`);
    recount();
    await cache.invalidateQueries({ queryKey: [kind.code] });
  } catch (error) {
    complain(sentenceOf(error));
  }
}
