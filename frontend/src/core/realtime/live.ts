import { useEffect } from "react";
import { cache } from "../session/cache";
import { askToSignIn } from "../session/expired";
import { type Change, Live } from "./socket";

function socketAddress(): string {
  const scheme = window.location.protocol === "https:" ? "wss" : "ws";
  return `${scheme}://${window.location.host}/ws/`;
}

/** Whoever's rights or modules have changed sees other rows, chips and buttons: all that is shown is asked again. */
const askAgain = () => void cache.invalidateQueries();

/** The page's own line to the server. */
export const live = new Live(socketAddress(), {
  missed: askAgain,
  meChanged: askAgain,
  bell: () =>
    void cache.invalidateQueries({
      // What is shown elsewhere of the same news says so itself.
      predicate: ({ queryKey, meta }) => queryKey[0] === "notices" || meta?.rings === true,
    }),
  signedOut: askToSignIn,
});

/** While this screen is shown, answer to changes of the topic. */
export function useLive(topic: string | null, onChange: (change: Change) => void): void {
  useEffect(() => {
    if (!topic) return;
    return live.subscribe(topic, onChange);
  }, [topic, onChange]);
}
