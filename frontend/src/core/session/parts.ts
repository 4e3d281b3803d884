import { i18next } from "../../ui/texts";
import { say } from "../../ui/toast";
import "./words";

/**
 * Parts of the application that are downloaded only when they are opened. A part may be away for two
 * reasons: the network is gone, and then it is waited for; or a newer release has taken the place of
 * the one this page was opened from, and then the page comes again by itself, once. What was being
 * typed waits in the browser. If that did not help, the person is told and decides.
 */
const CAME_AGAIN = "pult.came-again";
const CALM_MS = 60_000;
const LOOK_MS = 3000;
const STAY_MS = 3_600_000;

type Load<T> = () => Promise<T>;

/** Parts that have come: they open without any network. */
const come = new WeakMap<object, unknown>();

/**
 * The same part, brought through a network that comes and goes. Without one it is not even asked
 * for: browsers remember a script that has not come, and a page can never have it again.
 */
export function brought<T>(load: Load<T>, reload = () => window.location.reload()): Load<T> {
  return async () => {
    if (come.has(load)) return come.get(load) as T;
    if (!navigator.onLine) await networkIsBack();
    try {
      const part = await load();
      come.set(load, part);
      return part;
    } catch {
      if (!(await isReached())) await networkIsBack();
      return again(load, reload);
    }
  };
}

/** The server is there: a moment's loss is made good where the browser lets us, else by a new page. */
async function again<T>(load: Load<T>, reload: () => void): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const last = Number(sessionStorage.getItem(CAME_AGAIN) ?? 0);
    if (Date.now() - last > CALM_MS) {
      sessionStorage.setItem(CAME_AGAIN, String(Date.now()));
      reload();
      // The page is leaving: nothing broken is shown meanwhile.
      return new Promise<T>(() => undefined);
    }
    say(i18next.t("session:newRelease"), {
      icon: "refresh-cw",
      stay: CALM_MS,
      action: { title: i18next.t("session:refresh"), run: reload },
    });
    throw error;
  }
}

async function isReached(): Promise<boolean> {
  if (!navigator.onLine) return false;
  try {
    return (await fetch("/healthz", { cache: "no-store" })).ok;
  } catch {
    return false;
  }
}

let waiting: Promise<void> | null = null;

/** Said once, however many parts are waited for. */
function networkIsBack(): Promise<void> {
  waiting ??= (async () => {
    const unsay = say(i18next.t("session:partWaits"), { icon: "wifi-off", stay: STAY_MS });
    do await aMoment();
    while (!(await isReached()));
    unsay();
    waiting = null;
  })();
  return waiting;
}

/** A while, or as soon as the browser has the network again. */
function aMoment(): Promise<void> {
  return new Promise((resolve) => {
    const timer = window.setTimeout(done, LOOK_MS);
    function done() {
      window.clearTimeout(timer);
      window.removeEventListener("online", done);
      resolve();
    }
    window.addEventListener("online", done);
  });
}
