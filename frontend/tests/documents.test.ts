import { describe, expect, it } from "vitest";
import type { DocumentRules } from "../src/api/documents";
import { addressOfPaper } from "../src/core/prints/papers";
import {
  emptyLine,
  bodyOf as linesBody,
  withSpare,
  wrongIn as wrongLine,
} from "../src/modules/documents/card/assignments";
import { mayFill, shownFields } from "../src/modules/documents/card/fields";
import {
  askedOf,
  bodyOf,
  EMPTY,
  isTyped,
  registersAtOnce,
  titleOfFile,
  titleOfMemo,
  wrongIn,
} from "../src/modules/documents/compose/draft";
import type { Doc } from "../src/modules/documents/document";
import { documentColumns } from "../src/modules/documents/lists/columns";
import {
  isSeen,
  presetOf,
  seenOf,
  spanText,
  TABS,
  tabOf,
  toggled,
  toListQuery,
} from "../src/modules/documents/query";
import { lateNow, ofType, sumOf } from "../src/modules/documents/report/figures";
import { putPlace, unknownIn } from "../src/modules/documents/setup/places";
import { kopecksText, sumIn, sumText } from "../src/modules/documents/sums";
// The server's half of it is tests/modules/documents/test_addresses.py.
import addresses from "./documentAddresses.json";

const PETR = {
  id: 12,
  name: "Петров П.",
  full_name: "Петров Пётр",
  initials: "ПП",
  photo_url: null,
  is_active: true,
};
const NOW = new Date(2026, 10, 23, 12);

describe("views of the list", () => {
  it.each(TABS)("%s is known again by its address", (tab) => {
    expect(tabOf(presetOf(tab, NOW), NOW)).toBe(tab);
    expect(tabOf({ ...presetOf(tab, NOW), order: "due_at", group: "type" }, NOW)).toBe(tab);
  });
  it("are left by any other condition", () => {
    expect(tabOf({ status: "on_route", search: "аренда" }, NOW)).toBeNull();
    expect(tabOf({ status: "on_route", "fields.basis": "устав" }, NOW)).toBeNull();
  });
  it("know nothing of what the reader's roles hide from him", () => {
    const hidden = new Set(["amount", "due_at", "valid_until"]);
    const search = {
      ...presetOf("ending", NOW),
      due_at__lte: "x",
      group: "late",
      order: "-due_at",
    };
    expect(seenOf(search, hidden)).toEqual({ status: "registered,in_force" });
    expect(seenOf(search, new Set())).toEqual(search);
    const keys = documentColumns(hidden).map(({ key }) => key);
    expect(keys).toContain("correspondent");
    expect(keys.filter((key) => ["amount", "due", "valid_until"].includes(key))).toEqual([]);
    expect(TABS.filter((tab) => !isSeen(hidden, tab))).toEqual(["ending"]);
  });
  it("ask the server for what they say", () => {
    expect(toListQuery({})).toEqual({ tab: "all", ordering: "-created_at" });
    expect(toListQuery(presetOf("ending", NOW))).toEqual({
      tab: "all",
      ordering: "-created_at",
      status: "registered,in_force",
      valid_until__lte: "2027-01-22",
    });
    expect(toListQuery({ tab: "drafts", correspondent: "Ромашка", card_type: "own" })).toEqual({
      tab: "drafts",
      ordering: "-created_at",
      correspondent: "Ромашка",
      card_type: "own",
    });
  });
  it.each(addresses)("come to the same as on the server: $words", ({ words, asked }) => {
    const { ordering: _order, ...told } = toListQuery(words as never);
    expect(told).toEqual(asked);
  });
  it("add to a list of values and take out of it", () => {
    expect(toggled("a,b", "b")).toBe("a");
    expect(toggled("a", "a")).toBeUndefined();
    expect(toggled(undefined, "c")).toBe("c");
  });
  it("say a span of days", () => {
    const say = (day: string) => day.slice(8);
    expect(spanText("2026-11-01", "2026-11-20", say)).toBe("01 – 20");
    expect(spanText("2026-11-01", "2026-11-01", say)).toBe("01");
    expect(spanText(undefined, "2026-11-20", say)).toBe("по 20");
    expect(spanText("2026-11-01", undefined, say)).toBe("с 01");
    expect(spanText(undefined, undefined, say)).toBe("");
  });
});

describe("sums", () => {
  it("are read as people type them", () => {
    expect(sumIn("1 260 000,5 руб.")).toBe("1260000.5");
    expect(sumIn("12500 ₽")).toBe("12500");
    expect(sumIn(" ")).toBeNull();
    expect(sumIn("много")).toBeUndefined();
    expect(sumIn("1,234")).toBeUndefined();
  });
  it("come back as they were shown", () => {
    expect(sumText("1260000.00")).toBe("1\u00a0260\u00a0000\u00a0₽");
    expect(sumIn(sumText("1260000.50"))).toBe("1260000.50");
    expect(kopecksText(123_405)).toBe("1\u00a0234,05\u00a0₽");
  });
});

describe("a new document", () => {
  const draft = {
    ...EMPTY,
    type: "contract",
    title: " Поставка ",
    amount: "12 500,50",
    outer_number: "7",
  };
  it("sends what is asked of its direction and nothing else", () => {
    expect(bodyOf(draft, "contract")).toEqual({
      card_type: "contract",
      title: "Поставка",
      amount: "12500.50",
    });
    expect(bodyOf({ ...draft, type: "memo", addressee: PETR }, "internal")).toEqual({
      card_type: "memo",
      title: "Поставка",
      addressee: 12,
    });
  });
  it("asks and sends nothing that the maker's roles keep him from", () => {
    const may = (field: string) => !["amount", "content"].includes(field);
    expect(askedOf("contract", may)).toEqual(["correspondent", "valid_from", "valid_until"]);
    const body = bodyOf({ ...draft, content: "Текст" }, "contract", may);
    expect(body).toEqual({ card_type: "contract", title: "Поставка" });
    expect(wrongIn({ ...draft, amount: "сто" }, "contract", may)).toEqual({});
  });
  it("is refused before the server is asked", () => {
    const wrong = wrongIn(
      { ...draft, title: "", amount: "сто", valid_from: "завтра?" },
      "contract",
    );
    expect(Object.keys(wrong).sort()).toEqual(["amount", "title", "valid_from"]);
    expect(wrongIn({ ...draft, title: "", template: 4 }, "contract")).toEqual({});
    expect(wrongIn({ ...draft, valid_from: "завтра?" }, "internal")).toEqual({});
  });
  it("is kept in the browser once something is typed", () => {
    expect(isTyped({ ...EMPTY, type: "memo", template: 2 })).toBe(false);
    expect(isTyped({ ...EMPTY, correspondent: "АО" })).toBe(true);
    expect(isTyped({ ...EMPTY, addressee: PETR })).toBe(true);
  });
  it("is registered at once by whoever may", () => {
    const type = { needs_route: false, author_registers: true, register_roles: [] as string[] };
    const may = (more: object, right = false) =>
      registersAtOnce({ ...type, ...more } as DocumentRules, right);
    expect(may({})).toBe(true);
    expect(may({ author_registers: false })).toBe(false);
    expect(may({ author_registers: false }, true)).toBe(true);
    expect(may({ needs_route: true }, true)).toBe(false);
    expect(may({ register_roles: ["office"] })).toBe(false);
  });
  it("is called as its file", () => {
    expect(titleOfFile("Письмо_ООО «Ромашка».v2.pdf")).toBe("Письмо ООО «Ромашка».v2");
    expect(titleOfFile(".pdf")).toBe(".pdf");
  });
  it("a memo is called by its first sentence", () => {
    expect(titleOfMemo("Прошу купить толщиномер. Старый сломан.\nСпасибо")).toBe(
      "Прошу купить толщиномер",
    );
    expect(titleOfMemo("О закупке\nТекст")).toBe("О закупке");
    const long = titleOfMemo("слово ".repeat(60));
    expect(long.length).toBeLessThanOrEqual(121);
    expect(long.endsWith("слово…")).toBe(true);
  });
});

describe("fields of a card", () => {
  const doc = { priority: "normal", secrecy: "", correspondent: "", amount: "100.00" } as Doc;
  it("stand there when filled, or when such documents have them", () => {
    const { shown, folded } = shownFields(doc, "incoming", () => true);
    expect(shown).toEqual(
      expect.arrayContaining(["correspondent", "amount", "outer_number", "due_at"]),
    );
    expect(folded).toContain("valid_from");
    expect(folded).not.toContain("amount");
  });
  it("of what is registered are those that may still be changed", () => {
    const { shown, folded } = shownFields(doc, "contract", (name) => mayFill(name, false, true));
    expect(shown).toEqual(["amount", "valid_until", "due_at", "case_file", "secrecy"]);
    expect(folded).toEqual(["priority", "paper_place"]);
  });
  it("that are empty are nothing to a reader", () => {
    const { shown, folded } = shownFields(doc, "incoming", () => false);
    expect(shown).toEqual(["amount", "due_at", "case_file", "secrecy"]);
    expect(folded).toEqual([]);
  });
});

describe("lines of a resolution", () => {
  it("have one more under the last that is begun", () => {
    const first = { ...emptyLine(), title: "Ответить" };
    const lines = withSpare([first]);
    expect(lines).toHaveLength(2);
    expect(withSpare(lines)).toHaveLength(2);
  });
  it("say what they lack", () => {
    const line = emptyLine();
    expect(wrongLine({ ...line, person: PETR })).toBe("needTitle");
    expect(wrongLine({ ...line, title: "Ответить" })).toBe("needPerson");
    expect(wrongLine({ ...line, title: "Ответить", person: PETR, due: "когда-нибудь" })).toBe(
      "wrongDue",
    );
    expect(wrongLine({ ...line, title: "Ответить", person: PETR, due: "пт" })).toBeUndefined();
  });
  it("go without those that nobody has begun", () => {
    const line = { ...emptyLine(), title: " Ответить ", person: PETR };
    expect(linesBody([line, emptyLine()])).toEqual([
      { title: "Ответить", assignee: 12, due_at: null },
    ]);
  });
});

describe("places of a template", () => {
  it("are put where the caret stands", () => {
    expect(putPlace("Кому:  от", "адресат", 6, 6)).toEqual({
      text: "Кому: {{ адресат }} от",
      caret: 19,
    });
  });
  it("that stand for nothing are named once", () => {
    const text = "{{ Контрагент }} {{контрагент | дательный}} {{ шляпа }} {{ Шляпа }}";
    expect(unknownIn(text, ["контрагент"])).toEqual(["шляпа"]);
  });
});

describe("papers and figures", () => {
  it("an empty word is said all the same", () => {
    expect(addressOfPaper("documents/journal/", { since: "2026-11-01", card_type: "" })).toBe(
      "/api/v1/documents/journal/?since=2026-11-01&card_type=",
    );
  });
  it("lead to the rows by which they were counted", () => {
    expect(ofType("")).toEqual({ card_type: "own" });
    expect(lateNow(NOW)).toEqual({ state: "open", due_at__lte: NOW.toISOString() });
    const line = { code: "memo", title: "Записка", counts: { registered: 2 }, total: 3, late: 1 };
    expect([
      sumOf([line, line], "registered"),
      sumOf([line], "total"),
      sumOf([line], "late"),
    ]).toEqual([4, 3, 1]);
  });
});
