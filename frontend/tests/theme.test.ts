import { afterEach, expect, it, vi } from "vitest";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

it("is told to whoever draws by it when the system changes it", async () => {
  let isDark = false;
  let change = () => {};
  const media = {
    get matches() {
      return isDark;
    },
    addEventListener: (_: string, heard: () => void) => {
      change = heard;
    },
  };
  vi.stubGlobal("matchMedia", () => media);
  vi.resetModules();
  const { look, startTheme } = await import("../src/ui/theme");
  startTheme();
  const seen: (string | undefined)[] = [];
  const before = look.get();
  look.subscribe(() => seen.push(document.documentElement.dataset.theme));
  isDark = true;
  change();
  expect(seen, "the page is dressed already").toEqual(["dark"]);
  expect(look.get(), "what is drawn by the look is drawn anew").not.toBe(before);
});
