import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Suspense } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { BrowserSection } from "../src/app/settings/notices/BrowserSection";
import { type Browser, followPresses, goOn, standingOf } from "../src/core/notices/browsers";
import { cache } from "../src/core/session/cache";
import { openLink, type Pane, readPush, showPush, type WorkerScope } from "../src/sw/pushes";
import { Toasts } from "../src/ui/toast";
import { problem, serve } from "./server";

const ORIGIN = "http://sever.localhost";
const TOLD = {
  title: "Новая задача: Отчёт",
  text: "вы исполнитель",
  from: "«Север»",
  link: "/tasks/7",
  tag: "t",
  always: false,
};

const pane = (more: Partial<Pane> = {}): Pane => ({
  url: `${ORIGIN}/`,
  focused: false,
  visibilityState: "hidden",
  focus: vi.fn(async () => undefined),
  postMessage: vi.fn(),
  ...more,
});

function scope(panes: Pane[] = []) {
  const showNotification = vi.fn(async () => undefined);
  const close = vi.fn();
  const getNotifications = vi.fn(async () => [{ close }]);
  const openWindow = vi.fn(async () => undefined);
  const made: WorkerScope = {
    location: { origin: ORIGIN },
    registration: { showNotification, getNotifications },
    clients: { matchAll: async () => panes, openWindow },
  };
  return { made, showNotification, getNotifications, close, openWindow };
}

/** What this page is given instead of a browser's own, until the test is over. */
const replaced = new Map<string, PropertyDescriptor | undefined>();

function give(name: string, value: unknown): void {
  if (!replaced.has(name)) {
    replaced.set(name, Object.getOwnPropertyDescriptor(globalThis, name));
  }
  Object.defineProperty(globalThis, name, { configurable: true, writable: true, value });
}

beforeEach(() => cache.clear());
afterEach(() => {
  for (const [name, former] of replaced) {
    if (former) Object.defineProperty(globalThis, name, former);
    else Reflect.deleteProperty(globalThis, name);
  }
  replaced.clear();
});

describe("what is pushed", () => {
  it("is shown with its words, and a doubled one under the same tag", async () => {
    const { made, showNotification } = scope();
    await showPush(made, readPush(JSON.stringify(TOLD)));
    expect(showNotification).toHaveBeenCalledWith(
      TOLD.title,
      expect.objectContaining({
        body: "вы исполнитель\n«Север»",
        tag: "t",
        data: { link: "/tasks/7" },
      }),
    );
  });

  it("is left to the bell by whoever looks at the product, but for a trial", async () => {
    const { made, showNotification, getNotifications, close } = scope([
      pane({ focused: true, visibilityState: "visible" }),
    ]);
    await showPush(made, TOLD);
    expect(showNotification).toHaveBeenLastCalledWith(
      TOLD.title,
      expect.objectContaining({ silent: true, tag: "t" }),
    );
    expect(getNotifications).toHaveBeenCalledWith({ tag: "t" });
    expect(close).toHaveBeenCalledTimes(1);
    await showPush(made, { ...TOLD, always: true });
    expect(showNotification).toHaveBeenLastCalledWith(
      TOLD.title,
      expect.objectContaining({ silent: false }),
    );
    expect(close).toHaveBeenCalledTimes(1);
  });

  it("takes away no other notice when it names no tag", async () => {
    const { made, getNotifications } = scope([pane({ focused: true, visibilityState: "visible" })]);
    await showPush(made, readPush(undefined));
    expect(getNotifications).toHaveBeenCalledWith({ tag: "pult" });
  });

  it("is shown when the product stands behind another window or shows only a document", async () => {
    const behind = pane({ visibilityState: "visible" });
    const docs = pane({ url: `${ORIGIN}/api/docs/`, focused: true, visibilityState: "visible" });
    for (const panes of [[behind], [docs]]) {
      const { made, showNotification, close } = scope(panes);
      await showPush(made, TOLD);
      expect(showNotification).toHaveBeenCalledTimes(1);
      expect(close).not.toHaveBeenCalled();
    }
  });

  it.each([undefined, "", "{", "null", "[]", "7"])("sends to the bell when it is %j", (text) => {
    expect(readPush(text)).toMatchObject({ title: "Пульт", link: "/notices" });
  });
});

describe("a press", () => {
  it("goes to the card in a tab that is open, without loading it anew", async () => {
    const [hidden, seen] = [pane(), pane({ visibilityState: "visible" })];
    const { made, openWindow } = scope([hidden, seen]);
    await openLink(made, "/tasks/7?tab=all");
    expect(seen.postMessage).toHaveBeenCalledWith({ op: "open", link: "/tasks/7?tab=all" });
    expect(seen.focus).toHaveBeenCalled();
    expect(hidden.focus).not.toHaveBeenCalled();
    expect(openWindow).not.toHaveBeenCalled();
  });

  it("opens a tab of this company when there is none", async () => {
    const { made, openWindow } = scope([pane({ url: `${ORIGIN}/api/docs/` })]);
    await openLink(made, "/tasks/7");
    expect(openWindow).toHaveBeenCalledWith(`${ORIGIN}/tasks/7`);
  });

  it.each([
    "https://evil.example/x",
    "//evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
    null,
  ])("never leads to another host: %j", async (link) => {
    const { made, openWindow } = scope();
    await openLink(made, link);
    expect(openWindow).toHaveBeenCalledWith(`${ORIGIN}/notices`);
  });

  it("is followed by the page, and what is no path of it is not", () => {
    const worker = new EventTarget();
    give("navigator", { serviceWorker: worker });
    const go = vi.fn();
    followPresses(go);
    const tell = (data: unknown) => worker.dispatchEvent(new MessageEvent("message", { data }));
    for (const data of [null, 7, { op: "open" }, { op: "open", link: "//evil" }, { link: "/x" }]) {
      tell(data);
    }
    expect(go).not.toHaveBeenCalled();
    tell({ op: "open", link: "/tasks/7" });
    expect(go).toHaveBeenCalledWith("/tasks/7");
  });
});

const BROWSER: Browser = {
  id: 1,
  name: "Chrome, Windows",
  created_at: "2026-11-23T10:00:00Z",
  used_at: null,
  error: "",
  is_current: true,
};
const KEY =
  "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";
const SUBSCRIPTION = { endpoint: "https://push.example/x", keys: { p256dh: "p", auth: "a" } };

/** A browser that can do it; `permission` is what the person answers. */
function browserOf(permission: NotificationPermission, isSubscribed = false) {
  const state = { isSubscribed };
  const unsubscribe = vi.fn(async () => {
    state.isSubscribed = false;
    return true;
  });
  const own = {
    ...SUBSCRIPTION,
    options: { applicationServerKey: null },
    toJSON: () => SUBSCRIPTION,
    unsubscribe,
  };
  const subscribe = vi.fn(async () => {
    state.isSubscribed = true;
    return own;
  });
  const pushManager = {
    getSubscription: async () => (state.isSubscribed ? own : null),
    subscribe,
  };
  const registration = { pushManager };
  const serviceWorker = {
    register: vi.fn(async () => registration),
    ready: Promise.resolve(registration),
    getRegistration: async () => registration,
  };
  give("navigator", { userAgent: "Chrome", maxTouchPoints: 0, serviceWorker });
  give("PushManager", class {});
  const asked = vi.fn(async () => {
    Object.assign(Notification, { permission });
    return permission;
  });
  give("Notification", { permission: "default", requestPermission: asked });
  return { asked, subscribe, unsubscribe, serviceWorker };
}

function open() {
  cache.setQueryData(["me"], { id: 5, csrf_token: "c" });
  render(
    <QueryClientProvider client={cache}>
      <Suspense fallback={null}>
        <BrowserSection />
      </Suspense>
      <Toasts />
    </QueryClientProvider>,
  );
}

describe("the card of browsers", () => {
  it("asks for leave by a press alone, then shows this browser", async () => {
    const { asked, subscribe } = browserOf("granted");
    let results: Browser[] = [];
    const calls = serve({
      "GET notices/browsers/": () => ({ body: { public_key: KEY, results } }),
      "POST notices/browsers/": () => {
        results = [BROWSER];
        return { status: 201, body: BROWSER };
      },
      "POST notices/browsers/1/try/": { status: 202 },
    });
    open();
    const press = await screen.findByTestId("browser-on");
    expect(asked).not.toHaveBeenCalled();
    await userEvent.click(press);
    expect(await screen.findByTestId("browser")).toHaveTextContent("Chrome, Windows");
    expect(screen.getByTestId("browsers")).toHaveAttribute("data-standing", "on");
    expect(subscribe).toHaveBeenCalledWith(
      expect.objectContaining({
        userVisibleOnly: true,
        applicationServerKey: expect.any(Uint8Array),
      }),
    );
    const told = calls.find((call) => call.method === "POST");
    expect(told?.body).toEqual({ ...SUBSCRIPTION, again: false });
    await userEvent.click(screen.getByTestId("browser-try"));
    expect(await screen.findByText(/Проверка отправлена/)).toBeVisible();
  });

  it("says how to allow what was refused", async () => {
    browserOf("denied");
    const calls = serve({ "GET notices/browsers/": { body: { public_key: KEY, results: [] } } });
    open();
    await userEvent.click(await screen.findByTestId("browser-on"));
    expect(await screen.findByText(/разрешите уведомления/)).toBeVisible();
    expect(calls.some((call) => call.method === "POST")).toBe(false);
  });

  it("lets a browser go, and this one forgets its subscription", async () => {
    const { unsubscribe } = browserOf("granted", true);
    let results = [BROWSER];
    serve({
      "GET notices/browsers/": () => ({ body: { public_key: KEY, results } }),
      "DELETE notices/browsers/1/": () => {
        results = [];
        return { status: 204 };
      },
    });
    open();
    await userEvent.click(await screen.findByTestId("browser-off"));
    await waitFor(() =>
      expect(screen.getByTestId("browsers")).toHaveAttribute("data-standing", "off"),
    );
    expect(unsubscribe).toHaveBeenCalled();
  });

  it("says so where the installation has no key", async () => {
    browserOf("granted");
    serve({ "GET notices/browsers/": { body: { public_key: "", results: [] } } });
    open();
    expect(await screen.findByText(/не настроены/)).toBeVisible();
    expect(screen.queryByTestId("browser-on")).toBeNull();
  });

  it("tells what a browser's service has refused", async () => {
    browserOf("granted");
    const other = { ...BROWSER, is_current: false, error: "Служба не приняла ключ" };
    serve({ "GET notices/browsers/": { body: { public_key: KEY, results: [other] } } });
    open();
    expect(await screen.findByText("Служба не приняла ключ")).toBeVisible();
  });

  it("knows what cannot be and why", () => {
    give("navigator", { userAgent: "Mozilla/5.0 (iPhone)", maxTouchPoints: 5 });
    const none = { permission: "unsupported", isSubscribed: false } as const;
    expect(standingOf(none, undefined)).toBe("phone");
    give("navigator", { userAgent: "Mozilla/5.0 (X11; Linux)", maxTouchPoints: 0 });
    expect(standingOf(none, undefined)).toBe("unsupported");
  });
});

describe("after a new sign-in", () => {
  const answers = { "GET notices/browsers/": { body: { public_key: KEY, results: [] } } };

  it("it goes on for the same person alone", async () => {
    browserOf("granted", true);
    localStorage.setItem("pult.push-owner", "5");
    const calls = serve({ ...answers, "POST notices/browsers/": { status: 201, body: BROWSER } });
    await goOn({ id: 6, email: "b@b.example" });
    expect(calls).toEqual([]);
    await goOn({ id: 5, email: "a@b.example" });
    expect(calls.at(-1)).toMatchObject({ method: "POST", body: { ...SUBSCRIPTION, again: true } });
  });

  it("it stays off when it was let go elsewhere", async () => {
    const { unsubscribe } = browserOf("granted", true);
    localStorage.setItem("pult.push-owner", "5");
    serve({ ...answers, "POST notices/browsers/": problem(404, "not-found") });
    await goOn({ id: 5, email: "a@b.example" });
    expect(unsubscribe).toHaveBeenCalled();
    expect(localStorage.getItem("pult.push-owner")).toBeNull();
  });

  it("nothing is asked in the session in which it stands", async () => {
    browserOf("granted", true);
    localStorage.setItem("pult.push-owner", "5");
    const calls = serve({
      "GET notices/browsers/": { body: { public_key: KEY, results: [BROWSER] } },
    });
    await goOn({ id: 5, email: "a@b.example" });
    expect(calls.map((call) => call.method)).toEqual(["GET"]);
  });
});
