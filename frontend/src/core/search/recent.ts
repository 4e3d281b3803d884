import { useEffect } from "react";
import { createStore, memory, useStore } from "../../ui/store";

/** Addresses of cards opened in this browser, the last first; what stands behind them the server tells anew. */

const KEY = "pult.recent-cards";
const LIMIT = 8;

function remembered(): string[] {
  try {
    const parsed: unknown = JSON.parse(memory.read(KEY) ?? "[]");
    return Array.isArray(parsed) ? parsed.filter((one) => typeof one === "string") : [];
  } catch {
    return [];
  }
}

const recent = createStore<string[]>(remembered());

export function rememberCard(ref: string): void {
  const next = [ref, ...recent.get().filter((one) => one !== ref)].slice(0, LIMIT);
  recent.set(next);
  memory.write(KEY, JSON.stringify(next));
}

export const useRecent = (): string[] => useStore(recent);

/** This card is open: it comes first among the recent ones. */
export function useRemembered(ref: string): void {
  useEffect(() => rememberCard(ref), [ref]);
}
