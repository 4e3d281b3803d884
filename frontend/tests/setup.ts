import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterEach, vi } from "vitest";

// Files share a worker but no module of ours: what one leaves in a store does not reach the next.
vi.resetModules();

// What is waited for has to come, not to come fast: a busy machine is not a fault of the screens.
configure({ asyncUtilTimeout: 15_000 });

/** What a browser has and jsdom has not. */

class Quiet {
  observe() {}
  unobserve() {}
  disconnect() {}
}
vi.stubGlobal("ResizeObserver", Quiet);

class SilentSocket {
  static readonly OPEN = 1;
  readyState = 0;
  send() {}
  close() {}
}
vi.stubGlobal("WebSocket", SilentSocket);

window.matchMedia = (query: string) =>
  ({
    matches: false,
    media: query,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }) as unknown as MediaQueryList;

window.scrollTo = () => undefined;
Element.prototype.scrollIntoView = () => undefined;

// jsdom lays nothing out; a virtual list needs a height to decide what is in sight.
Object.defineProperty(Element.prototype, "clientHeight", { configurable: true, value: 800 });
Object.defineProperty(Element.prototype, "clientWidth", { configurable: true, value: 1200 });

afterEach(() => {
  cleanup();
  localStorage.clear();
});
