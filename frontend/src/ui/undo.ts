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

export function undoable(text: string, deed: Deed): void {
  let settled = false;
  const once = (run: () => void) => () => {
    if (settled) return;
    settled = true;
    window.clearTimeout(timer);
    window.removeEventListener("pagehide", leaving);
    run();
  };
  const commit = once(() => void deed.commit(false).catch(deed.failed));
  const leaving = once(() => void deed.commit(true).catch(deed.failed));
  const timer = window.setTimeout(commit, WAIT_MS);
  window.addEventListener("pagehide", leaving);
  say(text, {
    icon: "trash-2",
    stay: WAIT_MS,
    action: { title: i18next.t("ui:undo"), run: once(() => void deed.undo()) },
  });
}
