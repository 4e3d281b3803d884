import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { brought } from "../src/core/session/parts";

const reload = vi.fn();
const gone = () => Promise.reject(new TypeError("Failed to fetch dynamically imported module"));
let online = true;
let answers = true;

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  sessionStorage.clear();
  reload.mockClear();
  online = true;
  answers = true;
  vi.spyOn(navigator, "onLine", "get").mockImplementation(() => online);
  vi.stubGlobal("fetch", async () => {
    if (!answers) throw new TypeError("Failed to fetch");
    return new Response("ok");
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("comes again once when a part of an older release is gone, then asks", async () => {
  void brought(gone, reload)();
  await vi.waitFor(() => expect(reload).toHaveBeenCalledTimes(1));
  await expect(brought(gone, reload)()).rejects.toThrow("Failed to fetch");
  expect(reload).toHaveBeenCalledTimes(1);
});

it.each([
  ["the browser has no network", 0],
  ["the server does not answer", 1],
])("waits and never reloads while %s", async (_, asked) => {
  if (asked) answers = false;
  else online = false;
  const load = vi.fn(() => (online && answers ? Promise.resolve("part") : gone()));
  const part = brought(load, reload)();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(load).toHaveBeenCalledTimes(asked);
  online = true;
  answers = true;
  await vi.advanceTimersByTimeAsync(4000);
  expect(await part).toBe("part");
  expect(reload).not.toHaveBeenCalled();
});

it("goes on at once when the browser says that the network is back", async () => {
  online = false;
  const part = brought(() => (online ? Promise.resolve("part") : gone()), reload)();
  await vi.advanceTimersByTimeAsync(100);
  online = true;
  window.dispatchEvent(new Event("online"));
  expect(await part).toBe("part");
});

it("a moment's loss is made good without a reload", async () => {
  const load = vi.fn(
    (): Promise<string> => (load.mock.calls.length > 1 ? Promise.resolve("part") : gone()),
  );
  expect(await brought(load, reload)()).toBe("part");
  expect(reload).not.toHaveBeenCalled();
});

it("a part that has come opens without a network", async () => {
  const load = () => (online ? Promise.resolve("part") : gone());
  await brought(load, reload)();
  online = false;
  expect(await brought(load, reload)()).toBe("part");
});
