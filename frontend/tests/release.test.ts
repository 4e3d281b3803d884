import { beforeEach, expect, it, vi } from "vitest";
import { keepUpToDate } from "../src/app/release";

const reload = vi.fn();
const lost = (): Event => {
  const event = new Event("vite:preloadError", { cancelable: true });
  window.dispatchEvent(event);
  return event;
};

beforeEach(() => sessionStorage.clear());

it("comes again once when a part of an older release is gone, then asks", () => {
  keepUpToDate(reload);
  expect(lost().defaultPrevented).toBe(true);
  expect(reload).toHaveBeenCalledTimes(1);
  lost();
  lost();
  expect(reload).toHaveBeenCalledTimes(1);
});
