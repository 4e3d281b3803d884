import { parseDue } from "./due";

const two = (number: number): string => String(number).padStart(2, "0");

/** «9», «9:30», «930», «18.05», «в 9» → «09:00»; null when it says no time of a day. */
export function clockOf(text: string): string | null {
  const told = /^(?:в\s+)?(?:(\d{1,2})(?:[:.\s-](\d{1,2}))?|(\d{1,2})(\d{2}))$/.exec(text.trim());
  if (!told) return null;
  const hours = Number(told[1] ?? told[3]);
  const minutes = Number(told[2] ?? told[4] ?? 0);
  return hours < 24 && minutes < 60 ? `${two(hours)}:${two(minutes)}` : null;
}

export const isClock = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);

export const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);

/** `2026-11-22` of a day as the calendar on this wall shows it. */
export const dayOf = (date: Date): string =>
  `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;

/** «15.3», «пт», «+3» → `2027-03-15`; null when it says no day. */
export function dayIn(text: string, now = new Date()): string | null {
  const date = parseDue(text, now);
  return date && dayOf(date);
}

const GONE: Record<string, number> = { вчера: 1, позавчера: 2 };
const WITHOUT_YEAR = /^\d{1,2}(?:[./]\d{1,2}\.?|\s+[а-я]+)$/;

/** As `dayIn`, of a day gone by: «вчера», and «15.3» is the last one that was. */
export function pastDayIn(text: string, now = new Date()): string | null {
  const told = text.trim().toLowerCase();
  const ago = GONE[told];
  if (ago) return dayOf(new Date(now.getFullYear(), now.getMonth(), now.getDate() - ago));
  const day = dayIn(told, now);
  if (!day || day <= dayOf(now) || !WITHOUT_YEAR.test(told)) return day;
  return dayIn(`${day.slice(8)}.${day.slice(5, 7)}.${Number(day.slice(0, 4)) - 1}`, now);
}
