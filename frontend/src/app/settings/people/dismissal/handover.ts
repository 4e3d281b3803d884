import { useQuery } from "@tanstack/react-query";
import type { Person } from "../../../../api/contract";
import { del, get, post } from "../../../../api/request";
import { keys } from "../../../../core/entities/kind";
import { cache } from "../../../../core/session/cache";
import { PEOPLE } from "../kind";
import type { Handover, HandoverPiece } from "./told";

const LOOK_MS = 1500;
/** Counts end there. */
export const MOST = 10_000;

const keyOf = (id: number) => ["handover", id];

/** What a person holds; looked at again and again while it goes to others. */
export function useHandover(id: number, enabled: boolean) {
  return useQuery({
    queryKey: keyOf(id),
    enabled,
    queryFn: () => get<Handover>(`employees/${id}/handover/`),
    refetchInterval: ({ state }) => (state.data?.state === "running" ? LOOK_MS : false),
  });
}

/** Who gets what: a person, nobody, or (not there) whoever gets all. */
export type Heirs = Record<string, Person | null>;

export const isGiven = (piece: HandoverPiece): boolean => piece.fate === "given";

export function heirOf(piece: HandoverPiece, heir: Person | null, heirs: Heirs): Person | null {
  const own = heirs[piece.code];
  return own === undefined ? heir : own;
}

/** Whether everything that is there has somebody to go to, or is said to stay. */
export function isSettled(pieces: HandoverPiece[], heir: Person | null, heirs: Heirs): boolean {
  const open = pieces.filter((piece) => isGiven(piece) && piece.count > 0);
  return heir !== null || open.every((piece) => heirs[piece.code] !== undefined);
}

/** Who was named the last time, as far as he still works here: one for everything, others for some sorts. */
export function formerHeirs(told: Handover): { heir: Person | null; heirs: Heirs } {
  if (told.state === "none") return { heir: null, heirs: {} };
  const open = told.pieces.filter((piece) => isGiven(piece) && piece.count > 0);
  const heir = open.find((piece) => piece.successor?.is_active)?.successor ?? null;
  const others = open.filter(({ successor }) => heir && successor?.id !== heir.id);
  const known = others.filter(({ successor }) => successor === null || successor.is_active);
  return { heir, heirs: Object.fromEntries(known.map((one) => [one.code, one.successor])) };
}

/** Without a last day: at once. */
export async function dismiss(
  id: number,
  heir: Person | null,
  heirs: Heirs,
  lastDay: string | null,
) {
  const pieces = Object.entries(heirs).map(([code, who]) => ({ code, successor: who?.id ?? null }));
  const body = { successor: heir?.id ?? null, pieces, last_day: lastDay };
  await keep(id, await post<Handover>(`employees/${id}/dismiss/`, body));
}

export async function callOff(id: number) {
  await del(`employees/${id}/handover/`);
  await cache.invalidateQueries({ queryKey: keyOf(id) });
}

async function keep(id: number, told: Handover) {
  cache.setQueryData(keyOf(id), told);
  await cache.invalidateQueries({ queryKey: keys.card(PEOPLE, id) });
  await cache.invalidateQueries({ queryKey: keys.list(PEOPLE) });
}
