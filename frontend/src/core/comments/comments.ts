import { useQuery } from "@tanstack/react-query";
import type { Comment, Page, Person, Said } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { del, get, patch, post } from "../../api/request";
import { i18next } from "../../ui/texts";
import { complain } from "../../ui/toast";
import { undoable } from "../../ui/undo";
import { type CardKind, has, keys } from "../entities/kind";
import { cache } from "../session/cache";
import { rememberUnheard } from "./unheard";
import "./words";

/** A comment on its way has a negative number until the server gives it one. */
export const isOnItsWay = (comment: Comment): boolean => comment.id < 0;

/** Removed on screen but not yet on the server: a refetch must not bring them back. */
const hidden = new Set<number>();

/** Shown but not yet on the server, by the path of their card: a refetch must not take them away. */
const going = new Map<string, Comment[]>();

const PAGE = 100;
const PAGES_LIMIT = 20;

async function loadAll(path: string, signal: AbortSignal): Promise<Comment[]> {
  const all: Comment[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < PAGES_LIMIT; page += 1) {
    const query = { cursor, limit: PAGE };
    const answer: Page<Comment> = await get<Page<Comment>>(path, { query, signal });
    all.push(...answer.results);
    cursor = answer.next;
    if (!cursor) break;
  }
  const kept = all
    .filter((one) => !hidden.has(one.id))
    .sort((a, b) => a.created_at.localeCompare(b.created_at));
  return [...kept, ...(going.get(path) ?? [])];
}

const pathOf = (kind: CardKind, id: number | string): string => `${kind.path}/${id}/comments/`;

export function useComments(kind: CardKind, id: number | string) {
  return useQuery({
    queryKey: keys.comments(kind, id),
    queryFn: ({ signal }) => loadAll(pathOf(kind, id), signal),
    enabled: has(kind, "comments"),
  });
}

let drafts = 0;

/** Words of one card go one after another: two that overtake each other would be read in another order. */
const turns = new Map<string, Promise<unknown>>();

function inTurn<T>(path: string, send: () => Promise<T>): Promise<T> {
  const turn = (turns.get(path) ?? Promise.resolve()).then(send);
  const rest = turn.catch(() => undefined);
  turns.set(path, rest);
  void rest.then(() => turns.get(path) === rest && turns.delete(path));
  return turn;
}

/** Shown at once; taken back and refused aloud when the server says no. */
export async function sendComment(
  kind: CardKind,
  id: number | string,
  text: string,
  author: Person,
  mentions: Person[],
): Promise<void> {
  drafts -= 1;
  const own = drafts;
  const created_at = new Date().toISOString();
  const shown = { id: own, author, text, mentions, created_at, edited_at: null, is_mine: true };
  const path = pathOf(kind, id);
  const key = keys.comments(kind, id);
  const others = (list: Comment[] = []) => list.filter((one) => one.id !== own);
  going.set(path, [...(going.get(path) ?? []), shown]);
  const posted = inTurn(path, () => post<Said>(path, { text })).finally(() =>
    going.set(path, others(going.get(path))),
  );
  const [said] = await Promise.allSettled([posted, showGoing(key, shown)]);
  if (said.status === "rejected") {
    cache.setQueryData<Comment[]>(key, others);
    throw said.reason;
  }
  const { not_notified, ...saved } = said.value;
  rememberUnheard({ ...saved, not_notified });
  cache.setQueryData<Comment[]>(key, (list) => [
    ...others(list).filter((one) => one.id !== saved.id && !isOnItsWay(one)),
    saved,
    ...others(list).filter(isOnItsWay),
  ]);
}

async function showGoing(key: readonly unknown[], shown: Comment): Promise<void> {
  // An answer that is on its way knows nothing of it.
  await cache.cancelQueries({ queryKey: key });
  cache.setQueryData<Comment[]>(key, (list = []) =>
    list.some((one) => one.id === shown.id) ? list : [...list, shown],
  );
}

export async function editComment(
  kind: CardKind,
  id: number | string,
  comment: Comment,
  text: string,
) {
  const key = keys.comments(kind, id);
  const { not_notified, ...saved } = await patch<Said>(`comments/${comment.id}/`, { text });
  rememberUnheard({ ...saved, not_notified });
  cache.setQueryData<Comment[]>(key, (list) =>
    list?.map((one) => (one.id === saved.id ? saved : one)),
  );
}

export function removeComment(kind: CardKind, id: number | string, comment: Comment): void {
  const key = keys.comments(kind, id);
  cache.setQueryData<Comment[]>(key, (list) => list?.filter((one) => one.id !== comment.id));
  hidden.add(comment.id);
  const back = () => {
    hidden.delete(comment.id);
    return cache.invalidateQueries({ queryKey: key });
  };
  undoable(i18next.t("comments:removed"), {
    commit: (leaving) => del(`comments/${comment.id}/`, { keepalive: leaving }).then(back),
    undo: back,
    failed: (error) => {
      complain(sentenceOf(error));
      void back();
    },
  });
}
