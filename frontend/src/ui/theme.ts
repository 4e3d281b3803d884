import { accentFamily } from "./accent";
import { createStore, memory } from "./store";

export type ThemeChoice = "system" | "light" | "dark";
export type Density = "comfortable" | "compact";

interface Look {
  theme: ThemeChoice;
  density: Density;
  accent: string | null;
}

const DEFAULT_ACCENT = "#0b6a62";
const media = window.matchMedia?.("(prefers-color-scheme: dark)");

function remembered(): Look {
  const theme = memory.read("pult.theme");
  return {
    theme: theme === "light" || theme === "dark" ? theme : "system",
    density: memory.read("pult.density") === "compact" ? "compact" : "comfortable",
    accent: memory.read("pult.accent"),
  };
}

export const look = createStore<Look>(remembered());

export function isDark(): boolean {
  const { theme } = look.get();
  return theme === "dark" || (theme === "system" && Boolean(media?.matches));
}

let painted: string[] = [];

function paint(): void {
  const root = document.documentElement;
  const { density, accent } = look.get();
  root.dataset.theme = isDark() ? "dark" : "light";
  root.dataset.density = density;
  for (const name of painted) root.style.removeProperty(name);
  const own = accent && accent.toLowerCase() !== DEFAULT_ACCENT;
  const family = own ? accentFamily(accent, isDark()) : null;
  painted = Object.keys(family ?? {});
  for (const [name, value] of Object.entries(family ?? {})) root.style.setProperty(name, value);
}

/** Dress the page before the first paint, and again whenever the choice or the system changes. */
export function startTheme(): void {
  paint();
  look.subscribe(paint);
  // Told as a change of the look: antd's controls are dressed anew by it, too.
  media?.addEventListener("change", () => look.set({ ...look.get() }));
}

export function chooseTheme(theme: ThemeChoice): void {
  memory.write("pult.theme", theme === "system" ? null : theme);
  look.set({ ...look.get(), theme });
}

export function chooseDensity(density: Density): void {
  memory.write("pult.density", density);
  look.set({ ...look.get(), density });
}

/** The company's colour is remembered, so the next visit starts in it. */
export function wearAccent(accent: string | null): void {
  memory.write("pult.accent", accent);
  look.set({ ...look.get(), accent });
}
