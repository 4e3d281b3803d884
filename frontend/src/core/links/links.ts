import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Brief, CardLink, CardLinks, Person } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { del, get, post } from "../../api/request";
import { i18next } from "../../ui/texts";
import { complain } from "../../ui/toast";
import { undoable } from "../../ui/undo";
import { type CardKind, keys } from "../entities/kind";
import type { Found } from "../entities/module";
import { live } from "../realtime/live";
import { cache } from "../session/cache";
import "./words";

export type Relation = CardLink["relation"];

/** Removed on screen but not yet on the server: a refetch must not bring them back. */
const hidden = new Set<number>();

const PAGE = 100;
const PAGES_LIMIT = 10;

async function loadAll(path: string, signal: AbortSignal): Promise<CardLinks> {
  const all: CardLink[] = [];
  let cursor: string | null = null;
  for (let page = 0; ; page += 1) {
    const query = { cursor, limit: PAGE };
    const answer: CardLinks = await get<CardLinks>(path, { query, signal });
    all.push(...answer.results);
    cursor = answer.next;
    if (cursor && page + 1 < PAGES_LIMIT) continue;
    return { ...answer, results: all.filter((one) => !hidden.has(one.id)) };
  }
}

export function useLinks(kind: CardKind, id: number) {
  const query = useQuery({
    queryKey: keys.links(kind, id),
    queryFn: ({ signal }) => loadAll(`${kind.path}/${id}/links/`, signal),
  });
  const others = (query.data?.results ?? []).map((one) => one.card.ref).join(" ");
  // The other cards move too: their states here are as live as the card's own.
  useEffect(() => {
    const look = () => void cache.invalidateQueries({ queryKey: keys.links(kind, id) });
    const leave = others
      .split(" ")
      .filter(Boolean)
      .map((ref) => live.subscribe(`ref:${ref}`, look));
    return () => {
      for (const stop of leave) stop();
    };
  }, [kind, id, others]);
  return query;
}

/** Links under the words by which this card reads them, in the order the relations are known in. */
export function grouped(links: CardLinks): { title: string; links: CardLink[] }[] {
  return links.relations
    .map(({ code, title }) => ({
      title,
      links: links.results.filter((one) => one.relation === code),
    }))
    .filter((group) => group.links.length > 0);
}

function show(kind: CardKind, id: number, change: (links: CardLink[]) => CardLink[]): void {
  cache.setQueryData<CardLinks>(
    keys.links(kind, id),
    (data) => data && { ...data, results: change(data.results) },
  );
}

/** A link on its way has a negative number until the server gives it one. */
let drafts = 0;

function drafted(found: Found, relation: Relation, title: string, author: Person): CardLink {
  drafts -= 1;
  const card: Brief = {
    ref: found.key,
    kind_title: "",
    icon: "link",
    route: found.to,
    number: "",
    title: found.title,
    status_title: "",
    state: "open",
    due_at: null,
  };
  const created_at = new Date().toISOString();
  return { id: drafts, relation, title, card, author, created_at, can_remove: false };
}

/** Shown at once; taken back and refused aloud when the server says no. */
export async function tie(
  kind: CardKind,
  id: number,
  found: Found,
  relation: { code: Relation; title: string },
  author: Person,
): Promise<void> {
  await cache.cancelQueries({ queryKey: keys.links(kind, id) });
  const draft = drafted(found, relation.code, relation.title, author);
  const others = (links: CardLink[]) => links.filter((one) => one.id !== draft.id);
  show(kind, id, (links) => [draft, ...links]);
  try {
    const saved = await tieRef(kind, id, found.key, relation.code);
    show(kind, id, (links) => [saved, ...others(links).filter((one) => one.id !== saved.id)]);
  } catch (error) {
    show(kind, id, others);
    complain(sentenceOf(error));
  }
}

/** Tie a card by its address. */
export async function tieRef(
  kind: CardKind,
  id: number,
  ref: string,
  relation: Relation,
): Promise<CardLink> {
  const saved = await post<CardLink>(`${kind.path}/${id}/links/`, { ref, relation });
  void cache.invalidateQueries({ queryKey: keys.history(kind, id) });
  return saved;
}

export function untie(kind: CardKind, id: number, link: CardLink): void {
  show(kind, id, (links) => links.filter((one) => one.id !== link.id));
  hidden.add(link.id);
  const back = () => {
    hidden.delete(link.id);
    return cache.invalidateQueries({ queryKey: keys.links(kind, id) });
  };
  undoable(
    i18next.t("links:removed"),
    {
      commit: (leaving) => del(`links/${link.id}/`, { keepalive: leaving }).then(back),
      undo: back,
      failed: (error) => {
        complain(sentenceOf(error));
        void back();
      },
    },
    "link",
  );
}
