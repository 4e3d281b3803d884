import { describe, expect, it } from "vitest";
import type { EmployeeCard, Person } from "../src/api/contract";
import { caughtUp, valuesOf } from "../src/app/settings/people/values";

const BOSS = { id: 3, name: "Котов К." } as Person;
const CARD = {
  last_name: "Уходов",
  first_name: "Иван",
  middle_name: "",
  email: "",
  phone: "101",
  position: { id: 5, title: "Сварщик" },
  department: null,
  manager: BOSS,
  hired_on: null,
} as unknown as EmployeeCard;

describe("the form of a person's card", () => {
  it("takes what was changed elsewhere and keeps what is being typed", () => {
    const before = valuesOf(CARD);
    const now = valuesOf({ ...CARD, phone: "102", last_name: "Приходов", manager: null });
    const mine = { ...before, last_name: "Находов" };
    expect(caughtUp(mine, before, now)).toEqual({ ...now, last_name: "Находов" });
  });

  it("knows people by their cards, not by the answer that named them", () => {
    const before = valuesOf(CARD);
    const now = valuesOf({ ...CARD, manager: { ...BOSS, id: 4 } });
    expect(caughtUp({ ...before, manager: { ...BOSS } }, before, now).manager?.id).toBe(4);
  });
});
