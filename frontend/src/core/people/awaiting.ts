import { useEffect, useState } from "react";
import { useHold } from "../../ui/form";

/**
 * Enter pressed before the answer to the letters of now has come waits for it, and so does the form around. Of what
 * was found for former letters nothing is taken: that would be somebody or something else.
 */
export function useAwaited(text: string, fresh: boolean, take: () => void) {
  const [awaited, setAwaited] = useState<string | null>(null);
  const waits = awaited === text && awaited !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: taken once, when the answer has come.
  useEffect(() => {
    if (awaited === null || (waits && !fresh)) return;
    setAwaited(null);
    if (waits) take();
  }, [awaited, waits, fresh]);
  useHold(waits);
  return {
    waits,
    /** Take as soon as the answer is here; other letters typed meanwhile take the wish back. */
    wait: () => setAwaited(text),
    stop: () => setAwaited(null),
  };
}
