import { dateOf, mondayOf, plusDays } from "./days";

/** Where bars lie on a diagram of time: days to pixels, and nothing of the page. */
export type Zoom = "day" | "week" | "month";

/** Days in sight, and how wide each is. */
export const ZOOMS: Record<Zoom, { days: number; width: number }> = {
  day: { days: 42, width: 36 },
  week: { days: 126, width: 14 },
  month: { days: 372, width: 5 },
};

const DAY_MS = 86_400_000;

/** The first day in sight: some of what has passed stays before the day that is looked at. */
export function startOf(day: Date, zoom: Zoom): Date {
  if (zoom === "day") return mondayOf(plusDays(day, -7));
  if (zoom === "week") return mondayOf(plusDays(day, -28));
  return new Date(day.getFullYear(), day.getMonth() - 2, 1);
}

/** Days from the first midnight to a moment, with its hours as a part of one. */
export const daysTo = (start: Date, iso: string | Date): number =>
  (new Date(iso).getTime() - start.getTime()) / DAY_MS;

export interface Bar {
  left: number;
  width: number;
  /** It goes on beyond what is in sight. */
  before: boolean;
  after: boolean;
}

const LEAST = 6;

/** A bar in pixels, cut at the edges of the window. */
export function barOf(start: Date, zoom: Zoom, begins: string, ends: string): Bar {
  const { days, width } = ZOOMS[zoom];
  const [from, to] = [daysTo(start, begins), daysTo(start, ends)];
  const left = Math.max(0, Math.min(days, Math.min(from, to))) * width;
  const right = Math.max(0, Math.min(days, to)) * width;
  return { left, width: Math.max(LEAST, right - left), before: from < 0, after: to > days };
}

export interface Mark {
  key: string;
  at: number;
  title: string;
}

const MONTH = new Intl.DateTimeFormat("ru", { month: "long" });

/** Captions over the days: each day, each Monday, or each first of a month. */
export function marksOf(start: Date, zoom: Zoom): Mark[] {
  const { days, width } = ZOOMS[zoom];
  const marks: Mark[] = [];
  for (let index = 0; index < days; index += 1) {
    const day = plusDays(start, index);
    const isMark =
      zoom === "day" ? true : zoom === "week" ? day.getDay() === 1 : day.getDate() === 1;
    if (!isMark) continue;
    const number = String(day.getDate()).padStart(2, "0");
    const month = String(day.getMonth() + 1).padStart(2, "0");
    const title =
      zoom === "month"
        ? `${MONTH.format(day)}${day.getMonth() === 0 ? ` ${day.getFullYear()}` : ""}`
        : zoom === "week"
          ? `${number}.${month}`
          : day.getDate() === 1 || index === 0
            ? `${number}.${month}`
            : number;
    marks.push({ key: day.toDateString(), at: index * width, title });
  }
  return marks;
}

/** The window before or after, most of it new. */
export function slid(day: string | undefined, zoom: Zoom, by: number): Date {
  const step = Math.round(ZOOMS[zoom].days / 3) * by;
  return plusDays(dateOf(day), step);
}

/** A dependency as a line: out of the end of what is waited for, down or up, into the start of what waits. */
export function arrowPath(from: { x: number; y: number }, to: { x: number; y: number }): string {
  const turn = from.x + 8;
  if (to.x >= turn + 4) return `M${from.x} ${from.y}H${turn}V${to.y}H${to.x}`;
  const middle = (from.y + to.y) / 2;
  return `M${from.x} ${from.y}H${turn}V${middle}H${to.x - 8}V${to.y}H${to.x}`;
}
