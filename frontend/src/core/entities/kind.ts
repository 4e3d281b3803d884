import type { Tone } from "../../ui/marks";

/** What the card tools need to know of a kind of card; each module declares its own. */
export interface CardKind {
  /** As in references: `tasks.task`. */
  code: string;
  /** The REST collection: `tasks`. */
  path: string;
  /** Where cards open: `/tasks`. */
  route: string;
  /** Where their list stands, and cards over it, when `route` only leads on to there. */
  list?: string;
  /** The colour of a stage of such cards while the company has given its status none. */
  toneOf?: (status: string) => Tone;
  /** Tools of cards that this kind lacks: nobody asks the server for them. */
  without?: readonly Tool[];
}

export type Tool = "fields" | "comments" | "notices";

export const has = (kind: CardKind, tool: Tool): boolean => !kind.without?.includes(tool);

export const refOf = (kind: CardKind, id: number | string): string => `${kind.code}/${id}`;

/** Keys of the cache: everything of one card hangs under the card's own key. */
export const keys = {
  card: (kind: CardKind, id: number | string) => [kind.code, "card", String(id)] as const,
  comments: (kind: CardKind, id: number | string) => [...keys.card(kind, id), "comments"] as const,
  files: (kind: CardKind, id: number | string) => [...keys.card(kind, id), "files"] as const,
  checklist: (kind: CardKind, id: number | string) =>
    [...keys.card(kind, id), "checklist"] as const,
  fields: (kind: CardKind, id: number | string) => [...keys.card(kind, id), "fields"] as const,
  tags: (kind: CardKind, id: number | string) => [...keys.card(kind, id), "tags"] as const,
  groups: (kind: CardKind, id: number | string) => [...keys.card(kind, id), "groups"] as const,
  links: (kind: CardKind, id: number | string) => [...keys.card(kind, id), "links"] as const,
  readers: (kind: CardKind, id: number | string) => [...keys.card(kind, id), "readers"] as const,
  parts: (kind: CardKind, id: number | string) => [...keys.card(kind, id), "parts"] as const,
  time: (kind: CardKind, id: number | string) => [...keys.card(kind, id), "time"] as const,
  notices: (kind: CardKind, id: number | string) => [...keys.card(kind, id), "notices"] as const,
  recurrence: (kind: CardKind, id: number | string) =>
    [...keys.card(kind, id), "recurrence"] as const,
  occurrences: (kind: CardKind, id: number | string) =>
    [...keys.card(kind, id), "occurrences"] as const,
  watchers: (kind: CardKind, id: number | string) => [...keys.card(kind, id), "watchers"] as const,
  history: (kind: CardKind, id: number | string) => [...keys.card(kind, id), "history"] as const,
  list: (kind: CardKind) => [kind.code, "list"] as const,
  counts: (kind: CardKind) => [kind.code, "counts"] as const,
  summary: (kind: CardKind) => [kind.code, "summary"] as const,
  views: (kind: CardKind) => [kind.code, "views"] as const,
};
