import { useQuery } from "@tanstack/react-query";
import type { NoticeKind, Policy, Wishes } from "../../../api/contract";
import { sentenceOf } from "../../../api/problem";
import { get, patch } from "../../../api/request";
import { cache } from "../../../core/session/cache";
import { complain } from "../../../ui/toast";

const MINE = ["notices", "settings"];
const POLICY = ["notices", "policy"];

export type Word = "on" | "off" | "forced" | "never";
export const WORDS: Word[] = ["on", "off", "forced", "never"];

export const useWishes = () =>
  useQuery({ queryKey: MINE, queryFn: () => get<Wishes>("notices/settings/") });

export const usePolicy = () =>
  useQuery({ queryKey: POLICY, queryFn: () => get<Policy>("notices/policy/") });

type Cell = NoticeKind["cells"][number];

function withCell<T extends Pick<Policy, "kinds">>(
  shown: T,
  code: string,
  channel: string,
  change: Partial<Cell>,
): T {
  const cells = (kind: NoticeKind) =>
    kind.cells.map((one) => (one.channel === channel ? { ...one, ...change } : one));
  return {
    ...shown,
    kinds: shown.kinds.map((kind) => (kind.code === code ? { ...kind, cells: cells(kind) } : kind)),
  };
}

/** Shown at once; a refusal brings back what stands. */
async function save<T>(key: string[], path: string, next: T, body: object): Promise<void> {
  cache.setQueryData<T>(key, next);
  try {
    cache.setQueryData<T>(key, await patch<T>(path, body));
  } catch (error) {
    complain(sentenceOf(error));
    await cache.invalidateQueries({ queryKey: key });
  }
}

export function turn(wishes: Wishes, kind: string, channel: string, on: boolean): void {
  const body = { choices: { [kind]: { [channel]: on } } };
  void save(MINE, "notices/settings/", withCell(wishes, kind, channel, { on }), body);
}

export function decide(policy: Policy, kind: string, channel: string, word: Word): void {
  const body = { choices: { [kind]: { [channel]: word } } };
  const done = save(POLICY, "notices/policy/", withCell(policy, kind, channel, { word }), body);
  void done.then(() => cache.invalidateQueries({ queryKey: MINE }));
}

export function climb(policy: Policy, who: string, after: number | null): void {
  const ladder = policy.ladder.map((step) => (step.who === who ? { ...step, after } : step));
  const body = { ladder: Object.fromEntries(ladder.map((step) => [step.who, step.after])) };
  void save(POLICY, "notices/policy/", { ...policy, ladder }, body);
}

export function wish(wishes: Wishes, change: Partial<Wishes>): void {
  void save(MINE, "notices/settings/", { ...wishes, ...change }, change);
}

export const refreshWishes = (): Promise<void> => cache.invalidateQueries({ queryKey: MINE });
