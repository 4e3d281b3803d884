import { useSyncExternalStore } from "react";

const PHONE = "(max-width: 760px)";
const NARROW = "(max-width: 1180px)";

function watch(query: string) {
  const media = window.matchMedia?.(query);
  return {
    matches: () => Boolean(media?.matches),
    subscribe: (listener: () => void) => {
      media?.addEventListener("change", listener);
      return () => media?.removeEventListener("change", listener);
    },
  };
}

const phone = watch(PHONE);
const narrow = watch(NARROW);

/** Held in one hand: bars at the foot, full screens instead of drawers. */
export const isPhone = phone.matches;

export function usePhone(): boolean {
  return useSyncExternalStore(phone.subscribe, phone.matches);
}

/** Too narrow for the wide rail beside a list. */
export function useNarrow(): boolean {
  return useSyncExternalStore(narrow.subscribe, narrow.matches);
}
