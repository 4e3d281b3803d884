import type { Point } from "../../api/contract";

/** What a written list says before each of its lines: «- », «1. », «[ ] », «• ». */
const MARK = /^(?:[-*•–—·]\s+|\d{1,3}[.)]\s+)?(?:\[[ xхXХ]?\]\s*)?/u;

/** Points in a typed or pasted text: a line each, without the marks of a list. */
export function pointsIn(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim().replace(MARK, "").replace(/\s+/g, " ").trim())
    .filter(Boolean);
}

/** «21,5» and «1 000» as the server reads numbers; null when it is none. */
export function numberIn(text: string): string | null {
  const plain = text
    .replace(/[\s\u00a0]/g, "")
    .replace(",", ".")
    .replace("−", "-");
  return /^-?\d{1,12}(\.\d{1,6})?$/.test(plain) ? plain : null;
}

/** A number of the server as Russians write it. */
export const numberText = (number: string): string =>
  number.replace("-", "\u2212").replace(".", ",");

/** Whether a number lies within what the point allows. */
export function isWithin(point: Pick<Point, "least" | "most">, number: string): boolean {
  const value = Number(number);
  const low = point.least === null || value >= Number(point.least);
  return low && (point.most === null || value <= Number(point.most));
}

/** The same points, one of them moved to a place counted from 0; null when nothing moves. */
export function moved<P extends { id: number }>(points: P[], id: number, to: number): P[] | null {
  const from = points.findIndex((one) => one.id === id);
  const point = points[from];
  const place = Math.max(0, Math.min(points.length - 1, to));
  if (!point || place === from) return null;
  const others = points.filter((one) => one.id !== id);
  return [...others.slice(0, place), point, ...others.slice(place)];
}

/** The point before this one, as the server asks for a place; null for the beginning. */
export function before(points: { id: number }[], id: number): number | null {
  const at = points.findIndex((one) => one.id === id);
  return points[at - 1]?.id ?? null;
}
