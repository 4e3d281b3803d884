import { useQuery } from "@tanstack/react-query";
import type { CardBase } from "../../api/contract";
import { get, post } from "../../api/request";
import type { CardStatus, OwnStatus } from "../../api/statuses";
import type { Tone } from "../../ui/marks";
import { type CardKind, keys } from "../entities/kind";
import { cache } from "../session/cache";
import { recount } from "../session/session";

/** What a status of the company's own is painted with; without a colour it keeps that of its base. */
const TONES: Record<string, Tone> = {
  grey: "neutral",
  blue: "blue",
  green: "green",
  amber: "amber",
  red: "red",
  violet: "violet",
};

export const toneOfColor = (color: string | undefined, base: Tone): Tone =>
  TONES[color ?? ""] ?? base;

const statusesKey = (kind: CardKind) => [kind.code, "own-statuses"] as const;

/** Statuses that the company has made for a kind, of all its types. */
export function useOwnStatuses(kind: CardKind): OwnStatus[] {
  const query = useQuery({
    queryKey: statusesKey(kind),
    staleTime: 60_000,
    queryFn: async () =>
      (await get<{ results: OwnStatus[] }>("own-statuses/", { query: { kind: kind.code } }))
        .results,
  });
  return query.data ?? NONE;
}

const NONE: OwnStatus[] = [];

/** Move a card into a status of the company's own; what is on the screen of it is read anew. */
export async function moveStatus<C extends CardBase>(
  kind: CardKind,
  card: Pick<C, "id" | "version">,
  to: number,
  said: { text?: string; anyway?: boolean } = {},
): Promise<void> {
  const path = `${kind.path}/${card.id}/status/`;
  await post<CardStatus>(path, { to, ...said }, { ifMatch: card.version });
  recount();
  await cache.invalidateQueries({ queryKey: keys.card(kind, card.id) });
  void cache.invalidateQueries({ queryKey: keys.list(kind) });
  void cache.invalidateQueries({ queryKey: keys.counts(kind) });
}
