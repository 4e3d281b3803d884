import { describe, expect, it } from "vitest";
import { ApiProblem } from "../src/api/problem";
import { missing, settleField, tellAtFields } from "../src/core/entities/missing";
import { amountText, dayOf, readAmount, valueText } from "../src/core/fields/values";

const NBSP = "\u00a0";
const field = (type: string, value: unknown, settings: object = {}) =>
  ({ type, value, settings }) as Parameters<typeof valueText>[0];

describe("values of fields", () => {
  it("writes numbers as Russians do and loses no digit", () => {
    expect(amountText("1234567.50", true)).toBe(`1${NBSP}234${NBSP}567,50`);
    expect(amountText("1234567.500", false)).toBe(`1${NBSP}234${NBSP}567,5`);
    expect(amountText("-100", false)).toBe("−100");
    expect(amountText("999999999999999.99", true)).toBe(
      `999${NBSP}999${NBSP}999${NBSP}999${NBSP}999,99`,
    );
  });

  it("reads what people type", () => {
    expect(readAmount(`1${NBSP}500,5`)).toBe("1500.5");
    expect(readAmount("−7")).toBe("-7");
    expect(readAmount("")).toBeNull();
    for (const wrong of ["много", "1,2,3", "1e5", "--1", "1234567890123456"]) {
      expect(readAmount(wrong)).toBeUndefined();
    }
  });

  it("tells each sort of value in words", () => {
    expect(valueText(field("money", "1500.00", { currency: "RUB" }))).toBe(
      `1${NBSP}500,00${NBSP}₽`,
    );
    expect(valueText(field("number", "12.500", { unit: "кг" }))).toBe(`12,5${NBSP}кг`);
    expect(valueText(field("formula", "300.00", { result: "number" }))).toBe("300");
    expect(valueText(field("date", "2026-11-21"))).toBe("21.11.2026");
    expect(valueText(field("formula", "2026-11-21", { result: "day" }))).toBe("21.11.2026");
    expect(valueText(field("flag", false))).toBe("нет");
    const options = [{ code: "a", title: "Белый" }];
    expect(valueText(field("list", ["a"], { options }))).toBe("Белый");
    expect(valueText(field("text", null))).toBe("");
  });

  it("takes the day of a moment in the reader's zone", () => {
    expect(dayOf(new Date(2026, 0, 5, 23, 59))).toBe("2026-01-05");
  });
});

describe("what a field is refused for", () => {
  const refusal = new ApiProblem(
    422,
    "invalid",
    "",
    "",
    {},
    {
      errors: [
        { pointer: "/fields/sum", detail: "Заполните" },
        { pointer: "/title", detail: "Длинно" },
      ],
    },
  );

  it("stands beside the field until it is filled", () => {
    expect(tellAtFields("tasks.task/1", refusal)).toBe(true);
    expect(missing.get()).toEqual({ ref: "tasks.task/1", errors: { sum: "Заполните" } });
    settleField("tasks.task/1", "sum");
    expect(missing.get().errors).toEqual({});
  });

  it("is left to others when it is about no field", () => {
    expect(tellAtFields("tasks.task/1", new Error("нет связи"))).toBe(false);
  });
});
