import { describe, expect, it } from "vitest";
import type { StatusScheme } from "../src/api/statuses";
import { modules } from "../src/app/modules";
import {
  allWays,
  canLead,
  livingOf,
  toneOf,
  wayOf,
  withWay,
} from "../src/app/settings/statuses/scheme";
import { toneOfColor } from "../src/core/statuses/statuses";

const status = (id: number, base: string, is_archived = false) => ({
  id,
  base,
  title: `С${id}`,
  color: "" as const,
  card_type: "",
  is_plain: false,
  is_default: false,
  is_archived,
  cards_count: 0,
  makes_way_for: null,
});
const SCHEME: StatusScheme = {
  kind: "tasks.task",
  card_type: "",
  version: 3,
  bases: [],
  leads: [{ source: "new", to: "work" }],
  usual: "work",
  statuses: [status(1, "new"), status(2, "work"), status(3, "work"), status(4, "new", true)],
  moves: [],
};
const [first, second, third] = SCHEME.statuses as [
  StatusScheme["statuses"][number],
  StatusScheme["statuses"][number],
  StatusScheme["statuses"][number],
];

describe("moves between statuses", () => {
  it("are open within a base and where the bases lead", () => {
    expect(canLead(SCHEME, first, second)).toBe(true);
    expect(canLead(SCHEME, second, third)).toBe(true);
    expect(canLead(SCHEME, second, first)).toBe(false);
    expect(canLead(SCHEME, first, first)).toBe(false);
  });

  it("begin with all that are open, archived statuses left out", () => {
    expect(livingOf(SCHEME).map((one) => one.id)).toEqual([1, 2, 3]);
    const pairs = allWays(SCHEME).map((way) => [way.source, way.to]);
    expect(pairs).toEqual([
      [1, 2],
      [1, 3],
      [2, 3],
      [3, 2],
    ]);
  });

  it("are ticked, tuned and taken away one by one", () => {
    const all = allWays(SCHEME);
    const way = { source: 1, to: 2, title: "Взять", needs_comment: true, roles: [] };
    const tuned = withWay(all, way, 1, 2);
    expect(tuned).toHaveLength(all.length);
    expect(wayOf(tuned, 1, 2)?.title).toBe("Взять");
    expect(wayOf(withWay(tuned, null, 1, 2), 1, 2)).toBeUndefined();
  });
});

describe("the colour of a status", () => {
  it("is the company's, else that of its base", () => {
    expect(toneOfColor("amber", "blue")).toBe("amber");
    expect(toneOfColor("grey", "blue")).toBe("neutral");
    expect(toneOfColor("", "blue")).toBe("blue");
    expect(toneOfColor(undefined, "violet")).toBe("violet");
  });

  it("is the same in the settings as on cards", () => {
    const plain = (base: string, color = "") => ({ base, color });
    expect(modules.some((one) => one.code === "tasks")).toBe(true);
    expect(toneOf("tasks.task", plain("closed"))).toBe("green");
    expect(toneOf("tasks.task", plain("in_review"))).toBe("violet");
    expect(toneOf("tasks.task", plain("closed", "amber"))).toBe("amber");
    expect(toneOf("organization.employee", plain("blocked"))).toBe("red");
    expect(toneOf("nobody.knows", plain("closed"))).toBe("neutral");
  });
});
