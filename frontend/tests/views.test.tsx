import { beforeEach, describe, expect, it } from "vitest";
import { keys } from "../src/core/entities/kind";
import { addedIn, isSame, stateOf } from "../src/core/lists/address";
import { changeMany } from "../src/core/lists/bulk";
import { sortOf } from "../src/core/lists/ConditionBox";
import {
  arranged,
  askedFor,
  choiceNow,
  columnsText,
  moved,
  readColumns,
} from "../src/core/lists/columns";
import type { Column } from "../src/core/lists/EntityList";
import { stepAfter, stepOf } from "../src/core/lists/groups";
import { linesOfGroups } from "../src/core/lists/lines";
import { loadPage } from "../src/core/lists/pages";
import { isChanged, makeView, shiftView } from "../src/core/saved_views/views";
import { cache } from "../src/core/session/cache";
import { groupOf, toListQuery } from "../src/modules/tasks/query";
// The server's half of it is tests/modules/tasks/test_addresses.py.
import addresses from "./addresses.json";
import { type Asked, serve } from "./server";

/** `now`, `day 7` after the last midnight, `2026-11-21`: as the table says them; other words as they are. */
function momentOf(text: string, now: Date): string {
  const coming = /^day (\d+)$/.exec(text)?.[1];
  const day = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (text === "now") return now.toISOString();
  if (coming)
    return new Date(
      now.getFullYear(),
      now.getMonth(),
      now.getDate() + Number(coming),
    ).toISOString();
  if (day) return new Date(Number(day[1]), Number(day[2]) - 1, Number(day[3])).toISOString();
  return text;
}

const KIND = { code: "tasks.task", path: "tasks", route: "/tasks" };

const column = (key: string, further = false): Column<object> => ({
  key,
  title: key,
  track: "100px",
  ...(further ? { further } : {}),
  cell: () => null,
});
const ALL = [column("number"), column("title"), column("due"), column("tags", true)];

describe("the state of a list in the address", () => {
  it("keeps what narrows and shows, and lets pass what only points", () => {
    const address = {
      tab: "all",
      due: "week",
      view: "15",
      saved: "3",
      columns: "title",
      group: "",
    };
    expect(stateOf(address)).toEqual({ due: "week", tab: "all" });
    expect(isSame(address, { due: "week", tab: "all" })).toBe(true);
    expect(isSame(address, { tab: "all" })).toBe(false);
  });

  it("gives the server the conditions that the company has added", () => {
    const address = { tab: "all", "fields.sum__gte": "10", tag: "1,2", tags: "no", card_type: "x" };
    const added = { card_type: "x", "fields.sum__gte": "10", tag: "1,2" };
    expect(addedIn(address)).toEqual(added);
    expect(toListQuery(address as never, new Date())).toMatchObject(added);
    expect(groupOf({ group: "colour" })).toBeUndefined();
  });

  it.each(addresses)("comes to the same as on the server: $words", ({ words, asked }) => {
    const now = new Date();
    const { ordering: _order, ...told } = toListQuery(words as never, now);
    const expected = Object.entries(asked).map(([name, text]) => [name, momentOf(text, now)]);
    expect(told).toEqual(Object.fromEntries(expected));
  });

  it("knows a view that stands as it was kept", () => {
    const view = { params: { tab: "all" }, columns: [] } as never;
    expect(isChanged(view, { tab: "all", saved: "1" })).toBe(false);
    expect(isChanged(view, { tab: "all", search: "щит" })).toBe(true);
    expect(isChanged(view, { tab: "all", columns: "title" })).toBe(true);
  });
});

describe("columns", () => {
  it("are written into the address and read from it", () => {
    const choice = [{ code: "title", width: 320 }, { code: "fields.sum" }];
    expect(columnsText(choice)).toBe("title:320,fields.sum");
    expect(readColumns("title:320,fields.sum,due:5")).toEqual([
      { code: "title", width: 320 },
      { code: "fields.sum", width: null },
      { code: "due", width: 40 },
    ]);
  });

  it("are the list's own until somebody chooses, and the title always stays", () => {
    expect(arranged(ALL, []).map((one) => one.key)).toEqual(["number", "title", "due"]);
    const chosen = arranged(ALL, [{ code: "tags", width: 200 }, { code: "gone" }]);
    expect(chosen.map((one) => [one.key, one.track])).toEqual([
      ["title", "100px"],
      ["tags", "200px"],
    ]);
  });

  it("are moved one by one and stop at the edges", () => {
    const choice = choiceNow(ALL, []);
    const order = (to: number) => moved(choice, "title", to).map((one) => one.code);
    expect(order(0)).toEqual(["title", "number", "due"]);
    expect(order(9)).toEqual(["number", "due", "title"]);
    expect(order(-4)).toEqual(["title", "number", "due"]);
  });

  it("ask of rows only what those do not carry by themselves", () => {
    expect(askedFor([{ code: "title" }, { code: "tags" }, { code: "fields.sum" }])).toBe(
      "tags,fields.sum",
    );
  });
});

describe("a list in groups", () => {
  const groups = ["a", "b", "c"].map((value) => ({
    value,
    title: value.toUpperCase(),
    person: null,
    count: 2,
    totals: {},
  }));
  const none = () => undefined;

  it("is walked group after group, page after page", async () => {
    const pages: Record<string, { results: { id: number }[]; next: string | null }> = {
      "a|": { results: [{ id: 1 }], next: "more" },
      "a|more": { results: [{ id: 2 }], next: null },
      "b|": { results: [{ id: 3 }], next: null },
    };
    serve({
      "GET tasks/": ({ query }: Asked) => ({
        body: pages[`${query.get("in_group")}|${query.get("cursor") ?? ""}`],
      }),
    });
    const query = { tab: "all", group: "status", walk: "a\nb" };
    const rows: unknown[] = [];
    let cursor: string | null = null;
    do {
      const page: { results: unknown[]; next: string | null } = await loadPage(KIND, query, cursor);
      rows.push(...page.results);
      cursor = page.next;
    } while (cursor !== null);
    expect(rows).toEqual([
      { id: 1, in_group: "a" },
      { id: 2, in_group: "a" },
      { id: 3, in_group: "b" },
    ]);
  });

  it("asks nothing when every group is folded", async () => {
    const asked = serve({});
    const page = await loadPage(KIND, { group: "status", walk: "" }, null);
    expect(page).toEqual({ results: [], next: null });
    expect(asked).toEqual([]);
    expect(stepOf("", null)).toBeNull();
    expect(stepAfter("a\nb", "gone", null)).toBeNull();
  });

  it("shows no caption behind a group that is not read to its end", () => {
    const rows = [
      { id: 1, in_group: "a" },
      { id: 2, in_group: "a" },
      { id: 3, in_group: "b" },
    ];
    const told = (complete: boolean, folded: string[]) =>
      linesOfGroups(rows, { groups, folded: new Set(folded), fold: none }, complete).map((line) =>
        line.type === "group" ? line.title : line.row.id,
      );
    expect(told(false, [])).toEqual(["A", 1, 2, "B", 3]);
    expect(told(true, [])).toEqual(["A", 1, 2, "B", 3, "C"]);
    expect(told(true, ["b"])).toEqual(["A", 1, 2, "B", "C"]);
  });
});

describe("many rows at once", () => {
  it("go by fifties, tell who was refused and keep what puts them back", async () => {
    const asked = serve({
      "POST tasks/bulk/": ({ body }: Asked) => {
        const { ids } = body as { ids: number[] };
        const results = ids.map((id) => ({
          id,
          outcome: id === 150 ? "refused" : "done",
          reason: id === 150 ? "Задача завершена" : "",
        }));
        return { body: { results, undo: `note-${ids[0]}`, next: null } };
      },
    });
    const ids = Array.from({ length: 230 }, (_, index) => index + 1);
    const seen: number[] = [];
    const result = await changeMany(KIND, { ids }, "cancel", {}, ({ done }) => seen.push(done));
    expect(result).toEqual({
      done: 229,
      total: 230,
      reason: "Задача завершена",
      notes: ["note-1", "note-51", "note-101", "note-151", "note-201"],
    });
    expect(seen).toEqual([0, 50, 100, 150, 200, 230]);
    expect(asked.map((call) => (call.body as { ids: number[] }).ids.length)).toEqual([
      50, 50, 50, 50, 30,
    ]);
  });

  it("all that a list is narrowed to goes on from where the last part ended", async () => {
    const asked = serve({
      "POST tasks/bulk/": ({ body }: Asked) => {
        const { after } = body as { after: number };
        return { body: { results: [], undo: null, next: after < 200 ? after + 100 : null } };
      },
    });
    const chosen = { filter: { tab: "all" }, count: 250 };
    await changeMany(KIND, chosen, "trash", {}, () => undefined);
    expect(asked.map((call) => call.body)).toEqual(
      [0, 100, 200].map((after) => ({ action: "trash", values: {}, ...chosen, after })),
    );
  });

  it("a part that breaks off leaves what was done before it to be put back", async () => {
    let calls = 0;
    serve({
      "POST tasks/bulk/": () => {
        calls += 1;
        if (calls > 1) return { status: 500, body: { title: "Сбой", detail: "Сбой", status: 500 } };
        return {
          body: { results: [{ id: 1, outcome: "done", reason: "" }], undo: "n", next: null },
        };
      },
    });
    const ids = Array.from({ length: 51 }, (_, index) => index + 1);
    const result = await changeMany(KIND, { ids }, "cancel", {}, () => undefined);
    expect(result).toMatchObject({ done: 1, total: 51, notes: ["n"] });
    expect(result.reason).toBeTruthy();
  });
});

describe("saved views", () => {
  const view = (id: number, is_mine = true) => ({ id, title: `Вид ${id}`, is_mine });

  beforeEach(() => cache.clear());

  it("a new one stands behind one's own and before those of others", async () => {
    cache.setQueryData(keys.views(KIND), { results: [view(1), view(9, false)], view: null });
    serve({ "POST views/": { status: 201, body: view(2) } });
    await makeView(KIND, { title: "Вид 2" });
    const now = cache.getQueryData<{ results: { id: number }[] }>(keys.views(KIND));
    expect(now?.results.map((one) => one.id)).toEqual([1, 2, 9]);
  });

  it("one's own change places and stop at the edge", async () => {
    cache.setQueryData(keys.views(KIND), { results: [view(1), view(2), view(9, false)] });
    const asked = serve({ "PUT views/order/": { status: 204 } });
    await shiftView(KIND, 2, -1);
    await shiftView(KIND, 2, -1);
    expect(asked.map((call) => call.body)).toEqual([{ kind: KIND.code, ids: [2, 1] }]);
  });
});

describe("conditions", () => {
  it("ask of a formula what it gives", () => {
    expect(sortOf({ type: "formula", settings: { result: "day" } } as never)).toBe("day");
    expect(sortOf({ type: "money", settings: {} } as never)).toBe("number");
    expect(sortOf({ type: "card", settings: {} } as never)).toBe("presence");
  });
});
