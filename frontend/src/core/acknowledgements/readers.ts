import {
  type InfiniteData,
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
} from "@tanstack/react-query";
import type { Me, Reader, Readers } from "../../api/contract";
import type { MeantOut } from "../../api/generated/company/types.gen";
import { sentenceOf } from "../../api/problem";
import { del, get, post } from "../../api/request";
import { i18next } from "../../ui/texts";
import { complain, say } from "../../ui/toast";
import { undoable } from "../../ui/undo";
import { type CardKind, keys } from "../entities/kind";
import { cache } from "../session/cache";
import "./words";

type Pages = InfiniteData<Readers, string | null>;

/** Removed on screen but not yet on the server: a refetch must not bring them back. */
const hidden = new Set<number>();

const PAGE = 100;

async function load(kind: CardKind, id: number, cursor: string | null, signal?: AbortSignal) {
  const path = `${kind.path}/${id}/acknowledgements/`;
  const options = { query: { cursor, limit: PAGE } };
  const page = await get<Readers>(path, signal ? { ...options, signal } : options);
  const gone = page.results.filter((one) => hidden.has(one.id)).length;
  return {
    ...page,
    asked: page.asked - gone,
    results: page.results.filter((one) => !hidden.has(one.id)),
  };
}

export function useReaders(kind: CardKind, id: number) {
  return useInfiniteQuery({
    queryKey: keys.readers(kind, id),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => load(kind, id, pageParam, signal),
    getNextPageParam: (page) => page.next,
  });
}

/** The head of the list as the last answer says it, and all lines that have come. */
export function whole(data: Pick<Pages, "pages">): Readers {
  const last = data.pages.at(-1) as Readers;
  return { ...last, results: data.pages.flatMap((page) => page.results) };
}

/** Everybody, however long the list: for paper. */
export async function everybody(kind: CardKind, id: number): Promise<Reader[]> {
  const all: Reader[] = [];
  let cursor: string | null = null;
  do {
    const page: Readers = await load(kind, id, cursor);
    all.push(...page.results);
    cursor = page.next;
  } while (cursor);
  return all;
}

function show(kind: CardKind, id: number, change: (page: Readers) => Readers): void {
  cache.setQueryData<Pages>(
    keys.readers(kind, id),
    (data) => data && { ...data, pages: data.pages.map(change) },
  );
}

const refresh = (kind: CardKind, id: number): Promise<void> =>
  cache.invalidateQueries({ queryKey: keys.readers(kind, id) });

function settle(kind: CardKind, id: number): void {
  void refresh(kind, id);
  void cache.invalidateQueries({ queryKey: keys.history(kind, id) });
}

/** «Ознакомлен»: the button answers at once; a refusal brings it back. */
export async function confirmReading(
  kind: CardKind,
  id: number,
  version: number,
  me: Me,
): Promise<void> {
  await cache.cancelQueries({ queryKey: keys.readers(kind, id) });
  const done_at = new Date().toISOString();
  show(kind, id, (page) => ({
    ...page,
    waits_for_me: false,
    done: page.done + 1,
    results: page.results.map((one) =>
      one.person.id === me.id && !one.done_at ? { ...one, done_at, version } : one,
    ),
  }));
  try {
    await post(`${kind.path}/${id}/acknowledgements/confirm/`);
    say(i18next.t("readers:confirmed"));
    void cache.invalidateQueries({ queryKey: ["home"] });
  } catch (error) {
    complain(sentenceOf(error));
  }
  settle(kind, id);
}

/** Whom to ask. */
export interface Asked {
  people: number[];
  departments: number[];
  roles: string[];
  /** Groups of employees: whoever is in them when they are asked. */
  groups: number[];
}

/** How many people a choice means now; groups and departments are told apart by the server alone. */
export function useMeant(kind: CardKind, id: number, asked: Asked) {
  const query = Object.fromEntries(
    Object.entries(asked).flatMap(([part, values]) =>
      values.length > 0 ? [[part, values.join(",")]] : [],
    ),
  );
  return useQuery({
    queryKey: [...keys.readers(kind, id), "meant", query],
    enabled: Object.keys(query).length > 0,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      get<MeantOut>(`${kind.path}/${id}/acknowledgements/meant/`, { query, signal }),
  });
}

/** The refusal belongs to the window in which they were chosen. */
export async function askToRead(kind: CardKind, id: number, asked: Asked): Promise<void> {
  await post(`${kind.path}/${id}/acknowledgements/`, asked);
  settle(kind, id);
}

/** `round` is the one on the screen: another press, here or elsewhere, must not ask people twice. */
export async function askAgain(kind: CardKind, id: number, round: number): Promise<void> {
  try {
    const fresh = await post<Readers>(`${kind.path}/${id}/acknowledgements/again/`, { round });
    say(i18next.t("readers:againDone", { count: fresh.asked }));
  } catch (error) {
    complain(sentenceOf(error));
  }
  settle(kind, id);
}

export function withdraw(kind: CardKind, id: number, reader: Reader): void {
  show(kind, id, (page) => ({
    ...page,
    asked: page.asked - 1,
    results: page.results.filter((one) => one.id !== reader.id),
  }));
  hidden.add(reader.id);
  const back = () => {
    hidden.delete(reader.id);
    settle(kind, id);
  };
  undoable(i18next.t("readers:removed", { name: reader.person.name }), {
    commit: (leaving) => del(`acknowledgements/${reader.id}/`, { keepalive: leaving }).then(back),
    undo: back,
    failed: (error) => {
      complain(sentenceOf(error));
      back();
    },
  });
}
