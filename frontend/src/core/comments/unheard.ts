import type { Person, Said } from "../../api/contract";
import { createStore, useStore } from "../../ui/store";

/**
 * Whom the writer has called and who will not see it. The server says so once, in the answer to the
 * writing; it is kept beside the comments, which are read anew with every change.
 */
const unheard = createStore<ReadonlyMap<number, Person[]>>(new Map());
const NOBODY: Person[] = [];

export function rememberUnheard({ id, not_notified }: Said): void {
  const next = new Map(unheard.get());
  if (not_notified.length > 0) next.set(id, not_notified);
  else next.delete(id);
  unheard.set(next);
}

export const useUnheard = (id: number): Person[] => useStore(unheard).get(id) ?? NOBODY;
