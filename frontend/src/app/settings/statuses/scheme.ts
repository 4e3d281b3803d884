import { useQuery } from "@tanstack/react-query";
import { sentenceOf } from "../../../api/problem";
import { get, patch, post, put } from "../../../api/request";
import type { StatusScheme, StatusSettings } from "../../../api/statuses";
import { house } from "../../../core/entities/house";
import { cache } from "../../../core/session/cache";
import { toneOfColor } from "../../../core/statuses/statuses";
import type { Tone } from "../../../ui/marks";
import { complain } from "../../../ui/toast";
import { PEOPLE, toneOfBase } from "../people/kind";

/** A move that the company allows, as the server takes it. */
export interface Way {
  source: number;
  to: number;
  title: string;
  needs_comment: boolean;
  roles: string[];
}

const keyOf = (kind: string, type: string) => ["status-scheme", kind, type] as const;

export const useScheme = (kind: string, type: string) =>
  useQuery({
    queryKey: keyOf(kind, type),
    queryFn: () => get<StatusScheme>("own-statuses/scheme/", { query: { kind, card_type: type } }),
    // Cards that are being carried over leave a status little by little.
    refetchInterval: ({ state }) =>
      state.data?.statuses.some((one) => one.makes_way_for !== null) ? 2000 : false,
  });

/** Read a scheme anew, and whatever shows its statuses. */
export async function refresh(kind: string, type: string): Promise<void> {
  void cache.invalidateQueries({ queryKey: [kind] });
  await cache.invalidateQueries({ queryKey: keyOf(kind, type) });
}

export async function begin(kind: string, type: string): Promise<void> {
  const begun = await post<StatusScheme>("own-statuses/scheme/", { kind, card_type: type });
  cache.setQueryData(keyOf(kind, type), begun);
}

export const addStatus = (kind: string, type: string, given: object) =>
  post<StatusSettings>("own-statuses/", { kind, card_type: type, ...given });

export const alterStatus = (id: number, given: object) =>
  patch<StatusSettings>(`own-statuses/${id}/`, given);

export const carryCards = (id: number, to: number) => post(`own-statuses/${id}/carry/`, { to });

export const drawMoves = (scheme: StatusScheme, moves: Way[]) =>
  put<StatusScheme>("own-statuses/scheme/moves/", {
    kind: scheme.kind,
    card_type: scheme.card_type,
    version: scheme.version,
    moves,
  });

/** Put a status behind another one; shown at once, in the order that the server has after it. */
export async function moveStatusRow(scheme: StatusScheme, id: number, to: number): Promise<void> {
  const living = livingOf(scheme);
  const moved = living.find((one) => one.id === id);
  if (!moved) return;
  const others = living.filter((one) => one.id !== id);
  const order = [...others.slice(0, to), moved, ...others.slice(to)];
  const key = keyOf(scheme.kind, scheme.card_type);
  const statuses = [...order, ...scheme.statuses.filter((one) => one.is_archived)];
  cache.setQueryData<StatusScheme>(key, (now) => now && { ...now, statuses });
  try {
    await put(`own-statuses/${id}/place/`, { after: others[to - 1]?.id ?? null });
  } catch (error) {
    complain(sentenceOf(error));
  }
  await refresh(scheme.kind, scheme.card_type);
}

export const livingOf = (scheme: StatusScheme): StatusSettings[] =>
  scheme.statuses.filter((one) => !one.is_archived);

/** Whether the bases let a card go from one status to another at all. */
export function canLead(scheme: StatusScheme, from: StatusSettings, to: StatusSettings): boolean {
  if (from.id === to.id) return false;
  if (from.base === to.base) return true;
  return scheme.leads.some((lead) => lead.source === from.base && lead.to === to.base);
}

export const wayOf = (moves: Way[], from: number, to: number): Way | undefined =>
  moves.find((move) => move.source === from && move.to === to);

/** The same moves with one more, without it, or with it changed. */
export function withWay(moves: Way[], way: Way | null, from: number, to: number): Way[] {
  const others = moves.filter((move) => move.source !== from || move.to !== to);
  return way ? [...others, way] : others;
}

/** Every move that the bases allow: where an administrator begins to take away. */
export function allWays(scheme: StatusScheme): Way[] {
  const living = livingOf(scheme);
  return living.flatMap((from) =>
    living
      .filter((to) => canLead(scheme, from, to))
      .map((to) => ({
        source: from.id,
        to: to.id,
        title: "",
        needs_comment: false,
        roles: [],
      })),
  );
}

export const COLOURS = {
  "": "colorNone",
  grey: "colorGrey",
  blue: "colorBlue",
  green: "colorGreen",
  amber: "colorAmber",
  red: "colorRed",
  violet: "colorViolet",
} as const;
export type Colour = keyof typeof COLOURS;

/** The colour that a status has on cards: its own, else that of its stage, which the kind of card knows. */
export function toneOf(kind: string, status: Pick<StatusSettings, "color" | "base">): Tone {
  const kinds = house.get().modules.flatMap((one) => one.kinds);
  const ofBase = kind === PEOPLE.code ? toneOfBase : kinds.find((one) => one.code === kind)?.toneOf;
  return toneOfColor(status.color, ofBase?.(status.base) ?? "neutral");
}
