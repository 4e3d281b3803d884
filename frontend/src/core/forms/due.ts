/** Reading a date the way people type it: «завтра», «пт», «15.3 в 10», «+3», «через неделю». */

const WEEKDAYS: [RegExp, number][] = [
  [/^(пн|понедельник)$/, 1],
  [/^(вт|вторник)$/, 2],
  [/^(ср|среда|среду)$/, 3],
  [/^(чт|четверг)$/, 4],
  [/^(пт|пятница|пятницу)$/, 5],
  [/^(сб|суббота|субботу)$/, 6],
  [/^(вс|воскресенье)$/, 0],
];

const MONTHS = [
  /^янв/,
  /^фев/,
  /^мар/,
  /^апр/,
  /^ма[йя]/,
  /^июн/,
  /^июл/,
  /^авг/,
  /^сен/,
  /^окт/,
  /^ноя/,
  /^дек/,
];

const END_OF_DAY: Clock = { hours: 18, minutes: 0 };
/** Whoever says «сегодня» in the evening has until midnight, as the server reads it too. */
const LATE_TODAY: Clock = { hours: 23, minutes: 59 };

interface Clock {
  hours: number;
  minutes: number;
}

function dayFrom(now: Date, days: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);
}

/** A real calendar day, or nothing: 31.02 is refused. */
function calendarDay(year: number, month: number, day: number): Date | null {
  const date = new Date(year, month - 1, day);
  return date.getMonth() === month - 1 && date.getDate() === day ? date : null;
}

/** Without a year the nearest day that has not passed is meant. */
function upcoming(now: Date, month: number, day: number): Date | null {
  const date = calendarDay(now.getFullYear(), month, day);
  const passed = date !== null && date < dayFrom(now, 0);
  return passed || !date ? calendarDay(now.getFullYear() + 1, month, day) : date;
}

function byWord(text: string, now: Date): Date | null {
  const near: Record<string, number> = { сегодня: 0, завтра: 1, послезавтра: 2 };
  if (text in near) return dayFrom(now, near[text] ?? 0);
  const weekday = WEEKDAYS.find(([pattern]) => pattern.test(text.replace(/^во? /, "")))?.[1];
  if (weekday === undefined) return null;
  return dayFrom(now, (weekday - now.getDay() + 7) % 7 || 7);
}

function bySpan(text: string, now: Date): Date | null {
  const span = /^(?:\+|через )\s*(\d{1,3})?\s*(нед\S*|н|мес\S*|м|д\S*)?$/.exec(text);
  if (!span) return null;
  const unit = span[2]?.charAt(0) ?? "д";
  if (!span[1] && !span[2]) return null;
  const count = Number(span[1] ?? 1);
  if (unit === "н") return dayFrom(now, count * 7);
  if (unit === "м") return new Date(now.getFullYear(), now.getMonth() + count, now.getDate());
  return dayFrom(now, count);
}

function byNumbers(text: string, now: Date): Date | null {
  const match = /^(\d{1,2})[./](\d{1,2})(?:[./](\d{2}|\d{4}))?\.?$/.exec(text);
  if (match) {
    const [, day, month, year] = match;
    if (!year) return upcoming(now, Number(month), Number(day));
    return calendarDay(
      year.length === 2 ? 2000 + Number(year) : Number(year),
      Number(month),
      Number(day),
    );
  }
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return iso ? calendarDay(Number(iso[1]), Number(iso[2]), Number(iso[3])) : null;
}

function byMonthName(text: string, now: Date): Date | null {
  const match = /^(\d{1,2})\s+([а-я]{2,})(?:\s+(\d{4}))?$/.exec(text);
  if (!match) return null;
  const name = match[2] ?? "";
  const month = MONTHS.findIndex((pattern) => pattern.test(name));
  if (month < 0) return null;
  return match[3]
    ? calendarDay(Number(match[3]), month + 1, Number(match[1]))
    : upcoming(now, month + 1, Number(match[1]));
}

/** «в 10», «15:30», «к 9 часам» at the end of the text. */
const TOLD_CLOCK = /(?:^|\s)(?:(?:в|к)\s+(\d{1,2})(?::(\d{2}))?(?:\s*час\S*)?|(\d{1,2}):(\d{2}))$/;
/** «завтра 18»: an hour is only a number, so it needs a day before it. */
const BARE_HOUR = /\s(\d{1,2})$/;

interface Split {
  rest: string;
  clock: Clock;
}

/** Takes a time of the day off the end of the text. */
function splitClock(text: string, pattern: RegExp): Split | null {
  const match = pattern.exec(text);
  if (!match) return null;
  const hours = Number(match[1] ?? match[3]);
  const minutes = Number(match[2] ?? match[4] ?? 0);
  if (hours > 23 || minutes > 59) return null;
  return { rest: text.slice(0, match.index).replace(/,$/, "").trim(), clock: { hours, minutes } };
}

function readDay(text: string, now: Date): Date | null {
  return byWord(text, now) ?? bySpan(text, now) ?? byNumbers(text, now) ?? byMonthName(text, now);
}

/** The moment meant, or null when the text says none. A day alone means its working end, 18:00. */
export function parseDue(input: string, now = new Date()): Date | null {
  const text = input.trim().toLowerCase().replaceAll("ё", "е").replace(/\s+/g, " ");
  if (!text) return null;
  const told = splitClock(text, TOLD_CLOCK);
  if (told) {
    const day = told.rest ? readDay(told.rest, now) : dayFrom(now, 0);
    return day && atClock(day, told.clock);
  }
  // The whole text comes first: in «через 3» the number counts days.
  const whole = readDay(text, now);
  if (whole) return endOf(whole, now);
  const bare = splitClock(text, BARE_HOUR);
  const day = bare && readDay(bare.rest, now);
  return day && atClock(day, bare.clock);
}

function endOf(day: Date, now: Date): Date {
  const end = atClock(day);
  const isToday = day.getTime() === dayFrom(now, 0).getTime();
  return isToday && end <= now ? atClock(day, LATE_TODAY) : end;
}

/** The same day at the given time. */
export function atClock(day: Date, { hours, minutes }: Clock = END_OF_DAY): Date {
  return new Date(day.getFullYear(), day.getMonth(), day.getDate(), hours, minutes);
}

/** A moment as people type it, and as it is read back: «24.11.2026 18:00». */
export function typedDue(date: Date): string {
  const number = (value: number) => String(value).padStart(2, "0");
  const day = `${number(date.getDate())}.${number(date.getMonth() + 1)}.${date.getFullYear()}`;
  return `${day} ${number(date.getHours())}:${number(date.getMinutes())}`;
}
