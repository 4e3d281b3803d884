import { i18next } from "../ui/texts";
import { say } from "../ui/toast";
import "./words";

/**
 * A newer release has taken the place of the one this page was opened from, and a part that is
 * downloaded only now is gone. The page comes again by itself once; what was being typed waits in
 * the browser. If that did not help, the person is told and decides.
 */
const CAME_AGAIN = "pult.came-again";
const CALM_MS = 60_000;

export function keepUpToDate(reload: () => void = () => window.location.reload()): void {
  window.addEventListener("vite:preloadError", (event) => {
    event.preventDefault();
    const last = Number(sessionStorage.getItem(CAME_AGAIN) ?? 0);
    if (Date.now() - last > CALM_MS) {
      sessionStorage.setItem(CAME_AGAIN, String(Date.now()));
      reload();
      return;
    }
    say(i18next.t("app:newRelease"), {
      icon: "refresh-cw",
      stay: CALM_MS,
      action: { title: i18next.t("app:refresh"), run: reload },
    });
  });
}
