import { describe, expect, it } from "vitest";
import {
  beside,
  type Column,
  idsOn,
  type Laid,
  moved,
  wayInto,
  withColumns,
  withFurther,
} from "../src/core/displays/columns";
import {
  type Day,
  dateOf,
  daysAround,
  daysBetween,
  keyOf,
  onDay,
  shifted,
  turned,
} from "../src/core/displays/days";
import { displayOf } from "../src/core/displays/display";
import { arrowPath, barOf, marksOf, startOf, ZOOMS } from "../src/core/displays/span";
import { heatOf, hoursText, hrefOfLoad } from "../src/modules/tasks/load";
import { daysOfDue, toListQuery } from "../src/modules/tasks/query";
import type { TaskRow } from "../src/modules/tasks/task";

type Row = TaskRow;

const START = { to: "in_work", do: "start", title: "Начать работу", needs_text: false };
const CHANGE = { to: "", do: "", title: "", needs_text: false };
const card = (id: number, ...moves: (typeof START)[]) => ({ id, title: `З-${id}`, moves }) as never;

const column = (value: string, ids: number[], more: Partial<Column<Row>> = {}): Column<Row> => ({
  value,
  title: value,
  person: null,
  sets: null,
  count: ids.length,
  results: ids.map((id) => card(id, START)),
  next: null,
  ...more,
});

const BOARD: Laid<Row> = {
  columns: [
    column("new", [1, 2], { count: 7, next: "c" }),
    column("in_work", [3]),
    column("x", []),
  ],
  next: null,
};
const shape = (board: Laid<Row>) =>
  board.columns.map((one) => [one.value, one.results.map((row) => row.id), one.count]);

describe("a board", () => {
  it("moves a card on top of another column and counts it there", () => {
    const after = moved(BOARD, 2, "in_work");
    expect(shape(after)).toEqual([
      ["new", [1], 6],
      ["in_work", [2, 3], 2],
      ["x", [], 0],
    ]);
    expect(shape(BOARD)[0]).toEqual(["new", [1, 2], 7]);
  });

  it("stays as it is when there is nothing to move or nowhere to", () => {
    expect(moved(BOARD, 99, "x")).toBe(BOARD);
    expect(moved(BOARD, 1, "new")).toBe(BOARD);
    expect(moved(BOARD, 1, "nowhere")).toBe(BOARD);
  });

  it("knows the way of a card into a column: its deed, a change, or none", () => {
    const sets = { assignee: 5 };
    expect(wayInto(card(1, START), { value: "in_work", sets: null })).toBe(START);
    expect(wayInto(card(1, START), { value: "closed", sets: null })).toBeUndefined();
    expect(wayInto(card(1, CHANGE), { value: "5", sets })).toBe(CHANGE);
    expect(wayInto(card(1, CHANGE), { value: "overdue", sets: null })).toBeUndefined();
    expect(wayInto(card(1), { value: "5", sets })).toBeUndefined();
  });

  it("takes further cards once and further columns at its end", () => {
    const further = { columns: [column("new", [2, 4], { count: 7, next: null })], next: null };
    expect(shape(withFurther(BOARD, further))[0]).toEqual(["new", [1, 2, 4], 7]);
    const wider = withColumns(BOARD, { columns: [column("x", []), column("y", [9])], next: "n" });
    expect(wider.columns.map((one) => one.value)).toEqual(["new", "in_work", "x", "y"]);
    expect(wider.next).toBe("n");
    expect(idsOn(wider)).toEqual([1, 2, 3, 9]);
    expect(idsOn(undefined)).toEqual([]);
  });

  it("finds the neighbour of a column and stops at the edges", () => {
    expect(beside(BOARD.columns, "in_work", 1)).toBe("x");
    expect(beside(BOARD.columns, "in_work", -1)).toBe("new");
    expect(beside(BOARD.columns, "x", 1)).toBe("x");
  });
});

describe("days of a calendar", () => {
  it("covers whole weeks from Monday", () => {
    const month = daysAround(dateOf("2026-11-21"), "month");
    expect([month[0], month.at(-1), month.length]).toEqual(["2026-10-26", "2026-12-06", 42]);
    expect(daysAround(dateOf("2027-02-10"), "month").length).toBe(28);
    const week = daysAround(dateOf("2026-11-22"), "week");
    expect([week[0], week.at(-1)]).toEqual(["2026-11-16", "2026-11-22"]);
  });

  it("turns by weeks and by months", () => {
    expect(keyOf(turned(dateOf("2026-12-31"), "month", 1))).toBe("2027-01-01");
    expect(keyOf(turned(dateOf("2026-11-30"), "week", -1))).toBe("2026-11-23");
  });

  it("takes today for what is no day", () => {
    const now = new Date(2026, 10, 21, 15);
    for (const wrong of [undefined, "", "2026-02-31", "завтра"]) {
      expect(keyOf(dateOf(wrong, now))).toBe("2026-11-21");
    }
  });

  it("moves a card to another day at the same time", () => {
    const due = new Date(2026, 10, 20, 18, 30).toISOString();
    const after = shifted(due, daysBetween("2026-11-20", "2026-12-02"));
    expect(new Date(after)).toEqual(new Date(2026, 11, 2, 18, 30));
    const early = { id: 2, due_at: new Date(2026, 11, 2, 9).toISOString() } as never;
    const days: Day<never>[] = [
      { day: "2026-11-20", count: 3, results: [{ id: 1, due_at: due } as never] },
      { day: "2026-12-02", count: 1, results: [early] },
    ];
    const moved = onDay(days, 1, "2026-12-02", after);
    expect(
      moved.map((day) => [day.count, day.results.map((row) => (row as { id: number }).id)]),
    ).toEqual([
      [2, []],
      [2, [2, 1]],
    ]);
    expect(onDay(days, 7, "2026-12-02", after)).toBe(days);
    expect(onDay(days, 1, "2030-01-01", after)).toBe(days);
  });
});

describe("a diagram of time", () => {
  const start = new Date(2026, 10, 2);
  const at = (day: number, hour = 0) => new Date(2026, 10, day, hour).toISOString();

  it("draws bars in days and cuts them at the edges", () => {
    expect(barOf(start, "day", at(3), at(5, 12))).toEqual({
      left: 36,
      width: 90,
      before: false,
      after: false,
    });
    const cut = barOf(start, "day", "2026-01-01T00:00:00Z", "2028-01-01T00:00:00Z");
    expect(cut).toEqual({ left: 0, width: ZOOMS.day.days * 36, before: true, after: true });
    expect(barOf(start, "day", at(3), at(3)).width).toBeGreaterThan(0);
  });

  it("begins on Mondays or on the first of a month and marks each stretch", () => {
    expect(startOf(new Date(2026, 10, 21), "day").getDay()).toBe(1);
    expect(startOf(new Date(2026, 10, 21), "week").getDay()).toBe(1);
    expect(startOf(new Date(2026, 10, 21), "month")).toEqual(new Date(2026, 8, 1));
    expect(marksOf(start, "day")).toHaveLength(42);
    expect(marksOf(start, "week")).toHaveLength(18);
    expect(marksOf(new Date(2026, 8, 1), "month")[0]?.title).toBe("сентябрь");
  });

  it("ties bars by a line that turns back when it must", () => {
    expect(arrowPath({ x: 10, y: 5 }, { x: 60, y: 41 })).toBe("M10 5H18V41H60");
    expect(arrowPath({ x: 50, y: 5 }, { x: 20, y: 41 })).toBe("M50 5H58V23H12V41H20");
  });
});

describe("the shape of a list", () => {
  it("is what the address says, then what was chosen last, then a table", () => {
    expect(displayOf("board", "calendar")).toBe("board");
    expect(displayOf(undefined, "calendar")).toBe("calendar");
    expect(displayOf("нечто", "нечто")).toBe("table");
    expect(displayOf(undefined, null)).toBe("table");
  });

  it("takes days as a filter of due moments", () => {
    const now = new Date(2026, 10, 21, 12);
    const day = toListQuery({ due: "2026-11-23" }, now);
    expect(day.due_at__gte).toBe(new Date(2026, 10, 23).toISOString());
    expect(day.due_at__lt).toBe(new Date(2026, 10, 24).toISOString());
    const week = toListQuery({ due: "2026-11-23..2026-11-29" }, now);
    expect(week.due_at__lt).toBe(new Date(2026, 10, 30).toISOString());
    for (const usual of ["overdue", "none", undefined, "2026-13-45"]) {
      expect(daysOfDue(usual)).toBeNull();
    }
  });
});

describe("workload", () => {
  const load = (minutes: number, tasks = 1) => ({ minutes, tasks, unestimated: 0 });

  it("is told by what is left beside working time", () => {
    expect(heatOf(load(0, 0), 480)).toBe("none");
    expect(heatOf(load(0, 2), 480)).toBe("some");
    expect(heatOf({ ...load(0, 2), unestimated: 1 }, 480)).toBe("unknown");
    expect(heatOf(load(120), 480)).toBe("some");
    expect(heatOf(load(240), 480)).toBe("busy");
    expect(heatOf(load(480), 480)).toBe("full");
    expect(heatOf(load(481), 480)).toBe("over");
    expect(heatOf(load(30), 0)).toBe("over");
    expect(hoursText(150)).toBe("2,5");
  });

  it("opens the rows behind a cell", () => {
    const span = { since: "2026-11-23", until: "2026-11-29", working: 2400 };
    const params = new URLSearchParams(hrefOfLoad(7, span).split("?")[1]);
    expect(Object.fromEntries(params)).toEqual({
      display: "table",
      tab: "all",
      assignee: "7",
      due: "2026-11-23..2026-11-29",
    });
  });
});
