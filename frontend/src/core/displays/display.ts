import { useCallback } from "react";
import { memory } from "../../ui/store";
import type { CardKind } from "../entities/kind";
import { meNow } from "../session/session";

/** The shapes a list can take; the address says which, and each person's browser remembers his last. */
export type Display = "table" | "board" | "calendar" | "timeline";
export const DISPLAYS: Display[] = ["table", "board", "calendar", "timeline"];

/** What of a list's address is about its shape and not about its rows. */
export interface DisplaySearch {
  display?: Display | undefined;
  /** What the columns of the board are. */
  by?: string | undefined;
  /** A day within the window of the calendar or the diagram. */
  day?: string | undefined;
  /** How much of the time is in sight: `day`, `week`, `month`. */
  scale?: string | undefined;
}

const isDisplay = (value: unknown): value is Display => DISPLAYS.includes(value as Display);

export function displayOf(asked: unknown, remembered: string | null): Display {
  if (isDisplay(asked)) return asked;
  return isDisplay(remembered) ? remembered : "table";
}

/** Which shape is shown, and how another is chosen. */
export function useDisplay(
  kind: CardKind,
  search: DisplaySearch,
  change: (next: DisplaySearch) => void,
): [Display, (next: Display) => void] {
  const key = `pult.display.${meNow()?.id}.${kind.code}`;
  const display = displayOf(search.display, memory.read(key));
  const choose = useCallback(
    (next: Display) => {
      memory.write(key, next === "table" ? null : next);
      change({ display: next, day: undefined, scale: undefined });
    },
    [key, change],
  );
  return [display, choose];
}
