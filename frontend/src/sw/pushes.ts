import { words } from "./words";

/** What the worker needs of its scope; the page's own library of types does not know workers. */
export interface WorkerScope {
  location: { origin: string };
  registration: {
    showNotification: (title: string, options: NotificationOptions) => Promise<void>;
    getNotifications: (filter: { tag: string }) => Promise<{ close: () => void }[]>;
  };
  clients: {
    matchAll: (query: { type: "window"; includeUncontrolled: boolean }) => Promise<Pane[]>;
    openWindow: (address: string) => Promise<unknown>;
  };
}

/** A tab of this company's host. */
export interface Pane {
  url: string;
  focused: boolean;
  visibilityState: string;
  focus: () => Promise<unknown>;
  postMessage: (message: unknown) => void;
}

/** What the server has sealed for this very browser. */
export interface Told {
  title: string;
  text: string;
  from: string;
  link: string;
  tag: string;
  always: boolean;
}

const BELL = "/notices";
/** Of what names no tag: an empty one would mean every notice on the screen. */
const NO_TAG = "pult";

/** Every push must show something, so one that does not read sends to the bell. */
export function readPush(text: string | undefined): Told {
  const plain = {
    title: words.title,
    text: words.text,
    from: "",
    link: BELL,
    tag: "",
    always: false,
  };
  try {
    const told: unknown = JSON.parse(text ?? "");
    return typeof told === "object" && told !== null ? { ...plain, ...told } : plain;
  } catch {
    return plain;
  }
}

/**
 * Whoever is looking at the product sees its bell; all others are shown it here.
 * To him it is shown without a sound and taken away at once: some browsers end the subscription of a
 * worker that shows nothing.
 */
export async function showPush(scope: WorkerScope, told: Told): Promise<void> {
  const panes = await panesOf(scope);
  const isWatched = panes.some((pane) => pane.focused && pane.visibilityState === "visible");
  const isQuiet = isWatched && !told.always;
  const tag = told.tag || NO_TAG;
  await scope.registration.showNotification(told.title, {
    body: [told.text, told.from].filter(Boolean).join("\n"),
    tag,
    silent: isQuiet,
    icon: "/icon-192.png",
    badge: "/badge.png",
    lang: "ru",
    data: { link: told.link },
  });
  if (!isQuiet) return;
  for (const notice of await scope.registration.getNotifications({ tag })) notice.close();
}

/** To the card: in a tab that is open already, so that nothing unsaved there is lost, or in a new one. */
export async function openLink(scope: WorkerScope, link: unknown): Promise<void> {
  const path = pathOf(scope, link);
  const panes = await panesOf(scope);
  const pane =
    panes.find((one) => one.focused) ??
    panes.find((one) => one.visibilityState === "visible") ??
    panes[0];
  if (!pane) {
    await scope.clients.openWindow(scope.location.origin + path);
    return;
  }
  pane.postMessage({ op: "open", link: path });
  await pane.focus();
}

/** Only of this host, whatever has been sent. */
function pathOf(scope: WorkerScope, link: unknown): string {
  try {
    const address = new URL(String(link ?? BELL), scope.location.origin);
    return address.origin === scope.location.origin
      ? address.pathname + address.search + address.hash
      : BELL;
  } catch {
    return BELL;
  }
}

/** Documents of the API are no pages of the application. */
async function panesOf(scope: WorkerScope): Promise<Pane[]> {
  const panes = await scope.clients.matchAll({ type: "window", includeUncontrolled: true });
  return panes.filter((pane) => !new URL(pane.url).pathname.startsWith("/api/"));
}
