import { describe, expect, it } from "vitest";
import { slowest, widthOf } from "../src/app/settings/routes/figures";
import { arrows, END, places, START } from "../src/app/settings/routes/layout";
import {
  addAfter,
  addBeside,
  before,
  behind,
  canJoin,
  changeStage,
  difference,
  EMPTY,
  faultsLeft,
  faultsOf,
  join,
  part,
  removeStage,
  type Scheme,
  schemeOf,
  stageIn,
} from "../src/app/settings/routes/scheme";
import { valuesToSend } from "../src/app/settings/routes/trying";

const stage = (code: string, after: string[] = []) => ({ code, title: code.toUpperCase(), after });
/** a → (b, c) → d */
const DIAMOND: Scheme = schemeOf({
  stages: [stage("a"), stage("b", ["a"]), stage("c", ["a"]), stage("d", ["b", "c"])],
});
const codes = (scheme: Scheme) => scheme.stages.map((one) => one.code);
const afterOf = (scheme: Scheme, code: string) => stageIn(scheme, code)?.after;
/** What the server asks of every scheme: a stage stands after those it waits for. */
const stands = (scheme: Scheme) =>
  scheme.stages.every((one, at) =>
    one.after.every((code) => codes(scheme).slice(0, at).includes(code)),
  );

describe("a scheme that is drawn", () => {
  it("knows what stands before and behind a stage at any distance", () => {
    expect([...behind(DIAMOND, "a")].sort()).toEqual(["b", "c", "d"]);
    expect([...before(DIAMOND, "d")].sort()).toEqual(["a", "b", "c"]);
    expect([...behind(DIAMOND, "d")]).toEqual([]);
  });

  it("takes a stage in between: what followed waits for the new one", () => {
    const [next, made] = addAfter(DIAMOND, "a", "Новый");
    expect(afterOf(next, made)).toEqual(["a"]);
    expect(afterOf(next, "b")).toEqual([made]);
    expect(afterOf(next, "c")).toEqual([made]);
    expect(stands(next)).toBe(true);
    const [first, only] = addAfter(EMPTY, null, "Первый");
    expect(afterOf(first, only)).toEqual([]);
    expect(only).not.toBe(made);
  });

  it("takes a stage side by side: both wait for the same and are waited for", () => {
    const [next, made] = addBeside(DIAMOND, "b", "Рядом");
    expect(afterOf(next, made)).toEqual(["a"]);
    expect(afterOf(next, "d")).toEqual(["b", "c", made]);
    expect(stands(next)).toBe(true);
  });

  it("loses a stage and no arrow: what waited for it waits for what it waited for", () => {
    const drawn = changeStage(DIAMOND, "d", { on_reject: "b" });
    const next = removeStage(drawn, "b");
    expect(afterOf(next, "d")).toEqual(["c", "a"]);
    expect(stageIn(next, "d")?.on_reject).toBe("");
    expect(stands(next)).toBe(true);
  });

  it("has no circle, whatever is joined", () => {
    expect(canJoin(DIAMOND, "d", "a")).toBe(false);
    expect(canJoin(DIAMOND, "b", "b")).toBe(false);
    expect(canJoin(DIAMOND, "b", "d")).toBe(false);
    expect(join(DIAMOND, "d", "a")).toBe(DIAMOND);
    // c stood after a, now it comes after b too, and behind it in the list.
    const line = join(DIAMOND, "c", "b");
    expect(afterOf(line, "b")).toEqual(["a", "c"]);
    expect(codes(line)).toEqual(["a", "c", "b", "d"]);
    expect(stands(line)).toBe(true);
  });

  it("leads no refusal to a stage that does not come before any more", () => {
    const drawn = changeStage(DIAMOND, "d", { on_reject: "b" });
    expect(stageIn(part(drawn, "c", "d"), "d")?.on_reject).toBe("b");
    expect(stageIn(part(drawn, "b", "d"), "d")?.on_reject).toBe("");
  });

  it("tells what a publication changes", () => {
    const [more] = addAfter(DIAMOND, "d", "Ещё");
    const now = changeStage(removeStage(more, "c"), "b", { hours: 8 });
    const told = difference(DIAMOND, now);
    expect(told.added.map((one) => one.title)).toEqual(["Ещё"]);
    expect(told.removed.map((one) => one.code)).toEqual(["c"]);
    expect(told.changed.map((one) => one.code)).toEqual(["b", "d"]);
    expect(difference(DIAMOND, DIAMOND).isSame).toBe(true);
  });

  it("puts each sentence of a refusal at its stage", () => {
    expect(faultsOf({ b: "Укажите, кто решает" }, undefined, DIAMOND)).toEqual({
      b: "Укажите, кто решает",
    });
    expect(faultsOf({ "2/title": "Длинно" }, "Длинно", DIAMOND)).toEqual({ c: "Длинно" });
    const said = { "": "Всё не так", b: "Кто решает?", c: "Длинно" };
    expect(faultsLeft(said, DIAMOND, changeStage(DIAMOND, "b", { hours: 8 }))).toEqual({
      c: "Длинно",
    });
    expect(faultsOf({}, "Добавьте хотя бы один этап", DIAMOND)).toEqual({
      "": "Добавьте хотя бы один этап",
    });
  });
});

describe("the canvas", () => {
  it("puts stages that go on at once side by side, and never two on one place", () => {
    const at = places(DIAMOND);
    expect(at.get("b")?.y).toBe(at.get("c")?.y);
    expect((at.get("d")?.y ?? 0) > (at.get("b")?.y ?? 0)).toBe(true);
    const all = [...at.values()].map(({ x, y }) => `${x}/${y}`);
    expect(new Set(all).size).toBe(at.size);
  });

  it("draws arrows from the sending to the end", () => {
    const told = arrows(DIAMOND).map(({ from, to }) => `${from}>${to}`);
    expect(told).toContain(`${START}>a`);
    expect(told).toContain(`d>${END}`);
    expect(told).toHaveLength(6);
  });
});

describe("what is tried and measured", () => {
  it("sends sums as people write them and nothing for an empty field", () => {
    const values = [
      { title: "Сумма", kind: "number" },
      { title: "Отдел", kind: "text" },
      { title: "Срочно", kind: "flag" },
      { title: "Дата", kind: "day" },
    ];
    const typed = { Сумма: "300 000,50", Отдел: " Снабжение ", Срочно: "no" };
    expect(valuesToSend({ values }, typed)).toEqual({
      Сумма: "300000.50",
      Отдел: "Снабжение",
      Срочно: false,
      Дата: null,
    });
  });

  it("names the slowest stage, where there are several", () => {
    const rows = [
      { code: "a", hours: 4 },
      { code: "b", hours: 16 },
      { code: "c", hours: null },
    ];
    expect(slowest(rows)).toBe("b");
    expect(slowest(rows.slice(0, 1))).toBeNull();
    expect(widthOf({ code: "a", hours: 4 }, rows)).toBe(25);
  });
});
