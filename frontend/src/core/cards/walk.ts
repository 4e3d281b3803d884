import { createContext, use } from "react";

/** The list under the card: which card is before, which is after. */
export interface Walk {
  ids: number[];
  /** How many there are in all, when known; the list may not have loaded them yet. */
  total: number | null;
}

export const WalkContext = createContext<Walk>({ ids: [], total: null });

export function useWalk(id: string) {
  const { ids, total } = use(WalkContext);
  const index = ids.findIndex((one) => String(one) === id);
  const named = (at: number): string | null => {
    const found = ids[at];
    return index < 0 || found === undefined ? null : String(found);
  };
  return { at: index + 1, of: total ?? ids.length, prev: named(index - 1), next: named(index + 1) };
}
