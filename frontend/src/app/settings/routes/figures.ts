import type { Figure } from "../../../api/routes";

type Timed = Pick<Figure, "code" | "hours">;

const longest = (all: Timed[]): number => Math.max(0, ...all.map((one) => one.hours ?? 0));

/** The stage that takes most of the time; none where there is nothing to compare it with. */
export function slowest(all: Timed[]): string | null {
  const timed = all.filter((one) => (one.hours ?? 0) > 0);
  if (timed.length < 2) return null;
  return timed.find((one) => one.hours === longest(timed))?.code ?? null;
}

/** How long its bar is, of the longest. */
export function widthOf(one: Timed, all: Timed[]): number {
  const most = longest(all);
  return most === 0 ? 0 : Math.round((100 * (one.hours ?? 0)) / most);
}
