import { i18next } from "./texts";
import "./words";

/** Dates, sizes and spans as Russians write them, in the reader's own time zone. */

const NBSP = "\u00a0";
const MONTHS = new Intl.DateTimeFormat("ru", { day: "numeric", month: "long" });
const WEEKDAY = new Intl.DateTimeFormat("ru", { weekday: "long" });
const TIME = new Intl.DateTimeFormat("ru", { hour: "2-digit", minute: "2-digit" });
const DATE = new Intl.DateTimeFormat("ru", { day: "2-digit", month: "2-digit", year: "numeric" });
const DAY = 86_400_000;

const say = (key: Parameters<typeof i18next.t>[0], values?: object): string =>
  i18next.t(key as never, { ns: "ui", ...values }) as unknown as string;

function midnight(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/** Whole calendar days from now to the date; yesterday is −1. */
export function daysAway(date: Date, now = new Date()): number {
  return Math.round((midnight(date) - midnight(now)) / DAY);
}

function nearDay(date: Date, now: Date): string | null {
  const away = daysAway(date, now);
  if (away === 0) return say("today");
  if (away === -1) return say("yesterday");
  if (away === 1) return say("tomorrow");
  return null;
}

/** 21.11.2026 */
export const dateText = (iso: string | Date): string => DATE.format(new Date(iso));

/** 18:00 */
export const timeText = (iso: string | Date): string => TIME.format(new Date(iso));

/** 21.11.2026, 18:00 */
export const momentText = (iso: string | Date): string =>
  say("at", { day: dateText(iso), time: timeText(iso) });

/** «сегодня, 18:00» near now, a plain date further away: what a list needs. */
export function nearText(iso: string | Date, now = new Date()): string {
  const date = new Date(iso);
  const near = nearDay(date, now);
  return near ? say("at", { day: near, time: timeText(date) }) : dateText(date);
}

/** «11:42» today, «вчера, 17:31», then the date: when something last moved. */
export function changedText(iso: string, now = new Date()): string {
  return daysAway(new Date(iso), now) === 0 ? timeText(iso) : nearText(iso, now);
}

/** «Сегодня», «19 ноября», «19 ноября 2025»: a caption over a day. */
export function dayCaption(iso: string | Date, now = new Date()): string {
  const date = new Date(iso);
  const near = nearDay(date, now);
  if (near) return near.charAt(0).toUpperCase() + near.slice(1);
  const day = MONTHS.format(date);
  return date.getFullYear() === now.getFullYear() ? day : `${day} ${date.getFullYear()}`;
}

/** «20 ноября» */
export const dayText = (date: Date): string => MONTHS.format(date);

/** «Пятница, 20 ноября» */
export function longDay(date: Date): string {
  const weekday = WEEKDAY.format(date);
  return `${weekday.charAt(0).toUpperCase()}${weekday.slice(1)}, ${MONTHS.format(date)}`;
}

/** «осталось 5 ч 40 мин», «просрочено на 2 д 3 ч». */
export function spanText(iso: string, now = new Date()): string {
  const gap = new Date(iso).getTime() - now.getTime();
  const minutes = Math.max(1, Math.round(Math.abs(gap) / 60_000));
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  const span =
    days > 0
      ? say("spanDays", { days, hours: hours % 24 })
      : hours > 0
        ? say("spanHours", { hours, minutes: minutes % 60 })
        : say("spanMinutes", { minutes });
  return say(gap >= 0 ? "left" : "late", { span }).replaceAll(/(\d) /g, `$1${NBSP}`);
}

/** 184 КБ, 2,1 МБ */
export function sizeText(bytes: number): string {
  const units = ["bytes", "kilobytes", "megabytes", "gigabytes"] as const;
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const rounded = new Intl.NumberFormat("ru", {
    maximumFractionDigits: unit > 1 && value < 100 ? 1 : 0,
  }).format(value);
  return say(units[unit] ?? "bytes", { value: rounded }).replace(" ", NBSP);
}

export const countText = (value: number): string => new Intl.NumberFormat("ru").format(value);
