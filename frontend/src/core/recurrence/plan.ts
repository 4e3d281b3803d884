import type { PlanFields, Recurrence, RecurrenceFields } from "../../api/contract";
import { isClock, isDay } from "../forms/clock";

/** How people say how often; years are months by the dozen. */
export type Rhythm = "minutes" | "days" | "workdays" | "weeks" | "months" | "years";
/** Which day of a month: by its number, the last one, or «the first Monday». */
export type MonthWay = "number" | "last" | "weekday";

export const RHYTHMS: Rhythm[] = ["days", "workdays", "weeks", "months", "years", "minutes"];
export const NTHS = [1, 2, 3, 4, -1] as const;
export const MOST_TIMES = 24;
const MOST_INTERVAL = 1440;
const MONTHS_OF_YEAR = 12;

/** A plan while it is being written: numbers are still words. */
export interface Draft {
  rhythm: Rhythm;
  interval: string;
  weekdays: number[];
  monthWay: MonthWay;
  monthDay: string;
  nth: number;
  weekday: number;
  times: string[];
  opens: string;
  closes: string;
  dayOff: NonNullable<PlanFields["day_off"]>;
  startsOn: string;
  endsOn: string;
  most: string;
  catchUp: Recurrence["catch_up"];
  oneOpen: boolean;
}

export type DraftField = keyof Draft;

export type Fault =
  | "interval"
  | "weekdays"
  | "monthDay"
  | "times"
  | "most"
  | "stop"
  | "closes"
  | "startsOn"
  | "endsOn";

/** Field → the name of a sentence about what is wrong with it. */
export type Faults = Partial<Record<DraftField, Fault>>;

/** `2026-11-22` of a moment in a company's zone. */
export function dayIn(zone: string, now = new Date()): string {
  const parts = { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" } as const;
  return new Intl.DateTimeFormat("sv-SE", parts).format(now);
}

/** 0 is Monday, also while no day is told. */
export const weekdayOf = (day: string): number =>
  isDay(day) ? (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7 : 0;

/** What a plan begins with: every week on the day of today, in the morning. */
export function freshDraft(today: string): Draft {
  return {
    rhythm: "weeks",
    interval: "1",
    weekdays: [weekdayOf(today)],
    monthWay: "number",
    monthDay: String(Number(today.slice(8))),
    nth: 1,
    weekday: 0,
    times: ["09:00"],
    opens: "09:00",
    closes: "18:00",
    dayOff: "keep",
    startsOn: today,
    endsOn: "",
    most: "",
    catchUp: "latest",
    oneOpen: false,
  };
}

export function draftOf(kept: Recurrence, today: string): Draft {
  const { plan } = kept;
  if (!plan) return freshDraft(today);
  const yearly = plan.every === "months" && plan.interval % MONTHS_OF_YEAR === 0;
  const fresh = freshDraft(plan.starts_on);
  return {
    ...fresh,
    rhythm: yearly ? "years" : plan.every,
    interval: String(yearly ? plan.interval / MONTHS_OF_YEAR : plan.interval),
    weekdays: plan.weekdays,
    monthWay: plan.nth ? "weekday" : plan.month_day === -1 ? "last" : "number",
    monthDay: plan.month_day > 0 ? String(plan.month_day) : fresh.monthDay,
    nth: plan.nth || 1,
    weekday: plan.nth ? (plan.weekdays[0] ?? 0) : 0,
    times: plan.times,
    opens: plan.opens,
    closes: plan.closes,
    dayOff: plan.day_off,
    startsOn: plan.starts_on,
    endsOn: plan.ends_on ?? "",
    most: kept.most === null ? "" : String(kept.most),
    catchUp: kept.catch_up,
    oneOpen: kept.one_open,
  };
}

/** Another rhythm brings what is usual for it: a plan by minutes waits for the one before. */
export function withRhythm(draft: Draft, rhythm: Rhythm): Draft {
  if (rhythm === draft.rhythm) return draft;
  const byMinutes = rhythm === "minutes";
  const wasMinutes = draft.rhythm === "minutes";
  const weekdays = rhythm === "weeks" && draft.weekdays.length === 0;
  return {
    ...draft,
    rhythm,
    interval: byMinutes ? "30" : "1",
    weekdays: byMinutes ? [] : weekdays ? [weekdayOf(draft.startsOn)] : draft.weekdays,
    oneOpen: byMinutes || (draft.oneOpen && !wasMinutes),
  };
}

const whole = (text: string): number => (/^\d{1,7}$/.test(text.trim()) ? Number(text) : Number.NaN);

const within = (text: string, least: number, most: number): boolean => {
  const number = whole(text);
  return number >= least && number <= most;
};

const byMonths = (draft: Draft): boolean => draft.rhythm === "months" || draft.rhythm === "years";

/** What can be told before the server is asked. */
export function faultsOf(draft: Draft): Faults {
  const faults: Faults = {};
  const most = draft.rhythm === "years" ? MOST_INTERVAL / MONTHS_OF_YEAR : MOST_INTERVAL;
  if (!within(draft.interval, 1, most)) faults.interval = "interval";
  if (!isDay(draft.startsOn)) faults.startsOn = "startsOn";
  if (draft.endsOn && !isDay(draft.endsOn)) faults.endsOn = "endsOn";
  if (draft.rhythm === "weeks" && draft.weekdays.length === 0) faults.weekdays = "weekdays";
  if (byMonths(draft) && draft.monthWay === "number" && !within(draft.monthDay, 1, 31)) {
    faults.monthDay = "monthDay";
  }
  if (draft.most.trim() && !within(draft.most, 1, 100_000)) faults.most = "most";
  if (draft.rhythm !== "minutes") {
    if (draft.times.length === 0 || !draft.times.every(isClock)) faults.times = "times";
    return faults;
  }
  if (!isClock(draft.opens)) faults.opens = "times";
  else if (!isClock(draft.closes)) faults.closes = "times";
  else if (draft.opens > draft.closes) faults.closes = "closes";
  if (!draft.endsOn && !draft.most.trim()) faults.most = "stop";
  return faults;
}

/** Faults that leave nothing to look ahead at; when it ends may still be open. */
export const hidesDates = (faults: Faults): boolean =>
  Object.entries(faults).some(([, fault]) => fault !== "stop" && fault !== "most");

function daysOf(draft: Draft): Pick<PlanFields, "weekdays" | "month_day" | "nth"> {
  if (draft.rhythm === "weeks" || draft.rhythm === "minutes") return { weekdays: draft.weekdays };
  if (!byMonths(draft)) return {};
  if (draft.monthWay === "weekday") return { weekdays: [draft.weekday], nth: draft.nth };
  return { month_day: draft.monthWay === "last" ? -1 : whole(draft.monthDay) };
}

/** The plan as the server takes it; only what its rhythm needs. */
export function planOf(draft: Draft): PlanFields {
  const yearly = draft.rhythm === "years";
  const every = draft.rhythm === "years" ? "months" : draft.rhythm;
  const hours =
    draft.rhythm === "minutes"
      ? { opens: draft.opens, closes: draft.closes }
      : { times: [...new Set(draft.times)].sort() };
  return {
    every,
    interval: whole(draft.interval) * (yearly ? MONTHS_OF_YEAR : 1),
    starts_on: draft.startsOn,
    ends_on: draft.endsOn || null,
    // A day of work is none off.
    day_off: every === "workdays" ? "keep" : draft.dayOff,
    ...daysOf(draft),
    ...hours,
  };
}

export function bodyOf(draft: Draft): RecurrenceFields {
  return {
    plan: planOf(draft),
    catch_up: draft.catchUp,
    one_open: draft.oneOpen,
    most: draft.most.trim() ? whole(draft.most) : null,
  };
}

const FIELDS: Record<string, DraftField> = {
  every: "rhythm",
  interval: "interval",
  starts_on: "startsOn",
  ends_on: "endsOn",
  times: "times",
  weekdays: "weekdays",
  month_day: "monthDay",
  nth: "nth",
  opens: "opens",
  closes: "closes",
  day_off: "dayOff",
  most: "most",
  catch_up: "catchUp",
  one_open: "oneOpen",
};

/** Sentences of the server by the field they are about; `""` holds what is about the plan as a whole. */
export function refusalsOf(
  errors: { pointer?: string; detail?: string }[],
): Partial<Record<DraftField | "", string>> {
  const told: Partial<Record<DraftField | "", string>> = {};
  for (const { pointer = "", detail = "" } of errors) {
    const [name = ""] = pointer
      .replace(/^\//, "")
      .replace(/^plan\/?/, "")
      .split("/");
    told[FIELDS[name] ?? ""] ??= detail;
  }
  return told;
}

/** How many of the dates ahead will come: a plan may end after so many times. */
export function coming(next: string[], most: string, made: number): string[] {
  const number = whole(most);
  return Number.isNaN(number) ? next : next.slice(0, Math.max(0, number - made));
}

export type PlanState = "none" | "on" | "paused" | "over";

/** A plan that has made all it had to, or whose last day has passed, is over; any other that rests is paused. */
export function stateOf(kept: Recurrence, today: string): PlanState {
  if (!kept.plan) return "none";
  if (kept.is_on) return "on";
  const spent = kept.most !== null && kept.made >= kept.most;
  return spent || (kept.plan.ends_on !== null && kept.plan.ends_on < today) ? "over" : "paused";
}
