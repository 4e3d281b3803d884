import { describe, expect, it } from "vitest";
import type { Recurrence } from "../src/api/contract";
import { clockOf, dayIn as dayTyped, pastDayIn } from "../src/core/forms/clock";
import { isSameWall, shiftOf, wallMoment } from "../src/core/recurrence/moments";
import {
  bodyOf,
  coming,
  type Draft,
  dayIn,
  draftOf,
  faultsOf,
  freshDraft,
  hidesDates,
  planOf,
  type Rhythm,
  refusalsOf,
  stateOf,
  weekdayOf,
  withRhythm,
} from "../src/core/recurrence/plan";
import { dueInOf, dueInText } from "../src/modules/tasks/templates/template";

const TODAY = "2026-11-22";
const fresh = (change: Partial<Draft> = {}): Draft => ({ ...freshDraft(TODAY), ...change });
const by = (rhythm: Rhythm, change: Partial<Draft> = {}): Draft => ({
  ...withRhythm(fresh(), rhythm),
  ...change,
});

const kept = (change: Partial<Recurrence> = {}): Recurrence => ({
  plan: { ...planOf(fresh()), ends_on: null } as Recurrence["plan"],
  forecast: null,
  catch_up: "latest",
  one_open: false,
  most: null,
  made: 0,
  is_on: true,
  can_edit: true,
  asks_work: false,
  usual_hidden: false,
  work: null,
  usual: null,
  why_none: "",
  completion: { made: 0, done: 0, on_time: 0, open: 0, late: 0, share: null },
  ...change,
});

describe("a plan while it is written", () => {
  it("begins with this day of the week, in the morning", () => {
    expect(weekdayOf(TODAY)).toBe(6);
    expect(planOf(fresh())).toEqual({
      every: "weeks",
      interval: 1,
      starts_on: TODAY,
      ends_on: null,
      day_off: "keep",
      weekdays: [6],
      times: ["09:00"],
    });
    expect(faultsOf(fresh())).toEqual({});
  });

  it("knows the day of the company, not of the reader", () => {
    const late = new Date("2026-11-22T21:30:00Z");
    expect(dayIn("Europe/Moscow", late)).toBe("2026-11-23");
    expect(dayIn("America/New_York", late)).toBe("2026-11-22");
  });

  it.each([
    ["days", {}, { every: "days", times: ["09:00"] }],
    [
      "days",
      { interval: "3", times: ["18:00", "08:00", "18:00"] },
      { interval: 3, times: ["08:00", "18:00"] },
    ],
    ["workdays", { dayOff: "skip" }, { every: "workdays", day_off: "keep" }],
    [
      "weeks",
      { weekdays: [0, 4], interval: "2" },
      { every: "weeks", interval: 2, weekdays: [0, 4] },
    ],
    ["months", { monthDay: "31" }, { every: "months", month_day: 31 }],
    ["months", { monthWay: "last", dayOff: "before" }, { month_day: -1, day_off: "before" }],
    ["months", { monthWay: "weekday", nth: 1, weekday: 0 }, { nth: 1, weekdays: [0] }],
    ["years", { interval: "2", monthDay: "15" }, { every: "months", interval: 24, month_day: 15 }],
    [
      "minutes",
      { interval: "10" },
      { every: "minutes", interval: 10, opens: "09:00", closes: "18:00", weekdays: [] },
    ],
  ] as [Rhythm, Partial<Draft>, object][])(
    "%s %o is told to the server",
    (rhythm, change, told) => {
      expect(planOf(by(rhythm, change))).toMatchObject(told);
    },
  );

  it("says of a month only what was chosen", () => {
    expect(planOf(by("months", { monthWay: "weekday" }))).not.toHaveProperty("month_day");
    expect(planOf(by("months"))).not.toHaveProperty("weekdays");
    expect(planOf(by("minutes"))).not.toHaveProperty("times");
  });

  it("comes back as it was kept", () => {
    const drafts = [
      fresh(),
      by("days", { interval: "3" }),
      by("months", { monthWay: "last" }),
      by("months", { monthWay: "weekday", nth: -1, weekday: 4 }),
      by("years", { interval: "2", monthDay: "15" }),
      by("minutes", { most: "7", weekdays: [0, 1] }),
    ];
    for (const draft of drafts) {
      const { plan, ...more } = bodyOf(draft);
      const whole = {
        weekdays: [],
        month_day: 0,
        nth: 0,
        times: ["09:00"],
        opens: "09:00",
        closes: "18:00",
      };
      const back = draftOf(
        kept({ ...more, plan: { ...whole, ...plan } } as Partial<Recurrence>),
        TODAY,
      );
      expect(bodyOf(back)).toEqual(bodyOf(draft));
    }
    expect(draftOf(kept({ plan: null }), TODAY)).toEqual(fresh());
  });
});

describe("a plan by minutes", () => {
  it("waits for the one before and asks where it ends", () => {
    const minutes = by("minutes");
    expect(minutes.oneOpen).toBe(true);
    expect(faultsOf(minutes)).toEqual({ most: "stop" });
    expect(faultsOf({ ...minutes, most: "50" })).toEqual({});
    expect(faultsOf({ ...minutes, endsOn: "2026-12-01" })).toEqual({});
    expect(hidesDates(faultsOf(minutes))).toBe(false);
    expect(withRhythm(minutes, "days").oneOpen).toBe(false);
    expect(withRhythm(fresh({ oneOpen: true }), "days").oneOpen).toBe(true);
  });

  it("ends after it begins", () => {
    expect(faultsOf(by("minutes", { most: "5", opens: "18:00", closes: "09:00" }))).toEqual({
      closes: "closes",
    });
  });
});

describe("what is wrong before the server is asked", () => {
  it.each([
    [{ interval: "0" }, { interval: "interval" }],
    [{ interval: "два" }, { interval: "interval" }],
    [{ weekdays: [] }, { weekdays: "weekdays" }],
    [{ times: [""] }, { times: "times" }],
    [{ times: ["09:00", "скоро"] }, { times: "times" }],
    [{ endsOn: "когда-нибудь" }, { endsOn: "endsOn" }],
    [{ startsOn: "" }, { startsOn: "startsOn" }],
    [{ most: "0" }, { most: "most" }],
    [{ most: "1,5" }, { most: "most" }],
  ] as [Partial<Draft>, object][])("%o", (change, faults) => {
    expect(faultsOf(fresh(change))).toEqual(faults);
  });

  it("a month has no 32nd and a century too many years", () => {
    expect(faultsOf(by("months", { monthDay: "32" }))).toEqual({ monthDay: "monthDay" });
    expect(faultsOf(by("months", { monthDay: "32", monthWay: "last" }))).toEqual({});
    expect(faultsOf(by("years", { interval: "121" }))).toEqual({ interval: "interval" });
  });
});

describe("what the server says", () => {
  it("stands beside the field it is about", () => {
    const errors = [
      { pointer: "/plan/ends_on", detail: "Прошла" },
      { pointer: "/plan/times/0", detail: "Не время" },
      { pointer: "/most", detail: "Нужен предел" },
      { pointer: "/plan", detail: "Ни одной даты" },
    ];
    expect(refusalsOf(errors)).toEqual({
      endsOn: "Прошла",
      times: "Не время",
      most: "Нужен предел",
      "": "Ни одной даты",
    });
    // A look ahead speaks of the plan alone.
    expect(refusalsOf([{ pointer: "/weekdays", detail: "Один" }])).toEqual({ weekdays: "Один" });
  });

  it("is cut to what is left of a number of times", () => {
    const next = ["a", "b", "c"];
    expect(coming(next, "", 5)).toEqual(next);
    expect(coming(next, "7", 5)).toEqual(["a", "b"]);
    expect(coming(next, "5", 5)).toEqual([]);
  });

  it("tells a pause from an end", () => {
    const ended = { ...kept().plan, ends_on: "2026-11-21" } as Recurrence["plan"];
    expect(stateOf(kept({ plan: null, is_on: false }), TODAY)).toBe("none");
    expect(stateOf(kept(), TODAY)).toBe("on");
    expect(stateOf(kept({ is_on: false }), TODAY)).toBe("paused");
    expect(stateOf(kept({ is_on: false, most: 3, made: 3 }), TODAY)).toBe("over");
    expect(stateOf(kept({ is_on: false, plan: ended }), TODAY)).toBe("over");
  });
});

describe("what is typed", () => {
  it.each([
    ["9", "09:00"],
    ["9:5", "09:05"],
    ["930", "09:30"],
    ["1830", "18:30"],
    ["18.05", "18:05"],
    ["в 7", "07:00"],
    ["24", null],
    ["9:75", null],
    ["утром", null],
    ["", null],
  ])("«%s» as a time", (text, clock) => expect(clockOf(text)).toBe(clock));

  it.each([
    ["15.3", "2027-03-15"],
    ["пт", "2026-11-27"],
    ["+3", "2026-11-25"],
    ["31.02.2027", null],
    ["", null],
  ])("«%s» as a day", (text, day) => {
    expect(dayTyped(text, new Date(2026, 10, 22, 12))).toBe(day);
  });

  it.each([
    ["Вчера", "2026-11-21"],
    ["15.3", "2026-03-15"],
    ["25 декабря", "2025-12-25"],
    ["22.11", "2026-11-22"],
    ["25.12.2026", "2026-12-25"],
    ["нет", null],
  ])("«%s» as a day gone by", (text, day) => {
    expect(pastDayIn(text, new Date(2026, 10, 22, 12))).toBe(day);
  });
});

describe("moments", () => {
  const now = new Date("2026-11-22T09:00:00Z");
  it("stand on the company's wall", () => {
    expect(wallMoment("2026-11-23T06:00:00Z", "Europe/Moscow", now)).toEqual({
      weekday: "пн",
      day: "23 ноября",
      time: "09:00",
    });
    expect(wallMoment("2027-01-01T20:00:00Z", "Asia/Vladivostok", now)).toEqual({
      weekday: "сб",
      day: "2 января 2027",
      time: "06:00",
    });
  });
  it("tell walls apart", () => {
    expect(shiftOf("Europe/Moscow", now)).toBe("UTC+3");
    expect(isSameWall("Europe/Moscow", "Europe/Minsk", now)).toBe(true);
    expect(isSameWall("Europe/Moscow", "Asia/Yekaterinburg", now)).toBe(false);
  });
});

describe("how long there is for it", () => {
  it.each([
    ["2 дня", 2880],
    ["3", 4320],
    ["1 день 4 ч", 1680],
    ["1,5 часа", 90],
    ["30 мин.", 30],
    ["неделя", null],
    ["1 неделя", 10_080],
    ["2 дня и 3 часа", 3060],
    ["скоро", null],
    ["5 лун", null],
    ["0", null],
    ["", null],
    ["400 дней", null],
  ])("«%s»", (text, minutes) => expect(dueInOf(text)).toBe(minutes));

  it.each([
    [1440, "1 день"],
    [2880, "2 дня"],
    [7200, "5 дней"],
    [1680, "1 день 4 ч"],
    [90, "1 ч 30 мин"],
  ])("%d", (minutes, text) => {
    expect(dueInText(minutes)).toBe(text);
    expect(dueInOf(text)).toBe(minutes);
  });
});
