import { useEffect } from "react";
import { createStore } from "../../ui/store";

/** The card in front of the person: its kind and what stands at its head, nothing of what is in it. */
export const openCard = createStore<{ kind: string; number: string } | null>(null);

export function useOpenCard(kind: string, number: string): void {
  useEffect(() => {
    openCard.set({ kind, number });
    return () => openCard.set(null);
  }, [kind, number]);
}
