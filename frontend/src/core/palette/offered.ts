import { useEffect, useRef } from "react";
import { createStore, useStore } from "../../ui/store";
import type { Command } from "./command";

type Offer = { current: Command[] };

/** What stands on the screen offers its deeds while it stands there, what came last first. */
const offers = createStore<readonly Offer[]>([]);

/** Let the palette run these, too, as long as the one who offers them is shown. */
export function useOffer(commands: Command[]): void {
  const offer = useRef(commands);
  offer.current = commands;
  useEffect(() => {
    offers.set([offer, ...offers.get()]);
    return () => offers.set(offers.get().filter((one) => one !== offer));
  }, []);
}

/** Deeds of what is on the screen now. */
export const useOffered = (): Command[] => useStore(offers).flatMap((offer) => offer.current);
