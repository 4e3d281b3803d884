import type { CardBase } from "../../api/contract";
import type { Movable } from "./columns";

/** Days of a calendar as the address and the server name them, `2026-11-21`, and what lies between them. */
export interface Dated {
  due_at: string | null;
  is_overdue: boolean;
}

export interface Day<R> {
  day: string;
  count: number;
  results: Movable<R>[];
}

export type Scale = "week" | "month";

const two = (value: number): string => String(value).padStart(2, "0");

export const keyOf = (date: Date): string =>
  `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;

/** Midnight of a named day; today when the address names none. */
export function dateOf(key: string | undefined, now = new Date()): Date {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(key ?? "");
  const date = parts && new Date(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]));
  if (date && keyOf(date) === key) return date;
  return new Date(now.getFullYear(), now.getMonth(), now.getDate());
}

export const plusDays = (date: Date, days: number): Date =>
  new Date(date.getFullYear(), date.getMonth(), date.getDate() + days);

/** The Monday of a day's week. */
export const mondayOf = (date: Date): Date => plusDays(date, -((date.getDay() + 6) % 7));

/** Whole weeks around a day: its own, or all that its month touches. */
export function daysAround(date: Date, scale: Scale): string[] {
  const first =
    scale === "week" ? mondayOf(date) : mondayOf(new Date(date.getFullYear(), date.getMonth(), 1));
  const last =
    scale === "week"
      ? plusDays(first, 6)
      : plusDays(mondayOf(new Date(date.getFullYear(), date.getMonth() + 1, 0)), 6);
  const keys: string[] = [];
  for (let day = first; day <= last; day = plusDays(day, 1)) keys.push(keyOf(day));
  return keys;
}

export function turned(date: Date, scale: Scale, by: number): Date {
  return scale === "week"
    ? plusDays(date, 7 * by)
    : new Date(date.getFullYear(), date.getMonth() + by, 1);
}

/** Whole days from one named day to another. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((dateOf(to).getTime() - dateOf(from).getTime()) / 86_400_000);

/** The same time of day so many days away. */
export function shifted(iso: string, days: number): string {
  const date = new Date(iso);
  date.setDate(date.getDate() + days);
  return date.toISOString();
}

/** The calendar with a card on another day, in its place by time; the same when it is not there. */
export function onDay<R extends CardBase & Dated>(
  days: Day<R>[],
  id: number,
  to: string,
  due: string,
): Day<R>[] {
  const from = days.find((day) => day.results.some((one) => one.id === id));
  const card = from?.results.find((one) => one.id === id);
  if (!from || !card || from.day === to || !days.some((day) => day.day === to)) return days;
  const byTime = (one: Dated, two: Dated) =>
    new Date(one.due_at ?? 0).getTime() - new Date(two.due_at ?? 0).getTime();
  return days.map((day) => {
    if (day === from) {
      const results = day.results.filter((one) => one.id !== id);
      return { ...day, results, count: day.count - 1 };
    }
    if (day.day !== to) return day;
    const results = [...day.results, { ...card, due_at: due }].toSorted(byTime);
    return { ...day, results, count: day.count + 1 };
  });
}
