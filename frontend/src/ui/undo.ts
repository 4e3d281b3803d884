import type { IconName } from "./icon";
import { i18next } from "./texts";
import { say } from "./toast";
import "./words";

/**
 * For what the server cannot take back: the deed waits while «Вернуть» is on screen,
 * and is done at once when the page is left.
 */
interface Deed {
  commit: (leaving: boolean) => Promise<unknown>;
  undo: () => unknown;
  failed: (error: unknown) => void;
}

const WAIT_MS = 6000;

/** Deeds that still wait. */
const waiting = new Set<() => void>();

/** Do now whatever waits: whoever goes on must find it done. */
export function settleWaiting(): void {
  for (const commit of [...waiting]) commit();
}

export function undoable(text: string, deed: Deed, icon: IconName = "trash-2"): void {
  let settled = false;
  const once = (run: () => void) => () => {
    if (settled) return;
    settled = true;
    window.clearTimeout(timer);
    window.removeEventListener("pagehide", leaving);
    waiting.delete(commit);
    unsay();
    run();
  };
  const commit = once(() => void deed.commit(false).catch(deed.failed));
  const leaving = once(() => void deed.commit(true).catch(deed.failed));
  const timer = window.setTimeout(commit, WAIT_MS);
  window.addEventListener("pagehide", leaving);
  waiting.add(commit);
  const unsay = say(text, {
    icon,
    stay: WAIT_MS,
    action: { title: i18next.t("ui:undo"), run: once(() => void deed.undo()) },
  });
}
