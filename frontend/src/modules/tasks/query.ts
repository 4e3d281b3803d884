import { dateOf, keyOf } from "../../core/displays/days";
import type { DisplaySearch } from "../../core/displays/display";
import { type Address, addedIn } from "../../core/lists/address";
import type { ListQuery } from "../../core/lists/pages";

/** The list's state as it stands in the address, and the same as the server takes it. */
export type TabCode = "mine" | "given" | "watching" | "overdue" | "drafts" | "all";
export const TABS: TabCode[] = ["mine", "given", "watching", "overdue", "drafts", "all"];

export type StateChoice = "open" | "done" | "cancelled" | "all";
export type DueChoice = "overdue" | "today" | "week" | "month" | "none";

export const GROUPS = ["status", "own_status", "assignee", "priority", "due"] as const;

/** Days by their dates: `2026-11-21`, `2026-11-16..2026-11-22`. */
export type DueDays = `${number}-${string}`;

/** What a company adds (`fields.sum__gte`, `tag`) and the view that is open stand beside these words. */
export interface TaskSearch extends Address, DisplaySearch {
  tab?: TabCode;
  state?: StateChoice;
  status?: string;
  assignee?: string;
  initiator?: string;
  priority?: string;
  due?: DueChoice | DueDays;
  search?: string;
  order?: string;
  group?: string;
  saved?: string;
  columns?: string;
}

/** By what the list is grouped; undefined when it is not. */
export const groupOf = (search: TaskSearch): string | undefined =>
  GROUPS.find((code) => code === search.group);

/** What of an address is about the rows, whatever shape they are shown in. */
export function withoutShape(search: TaskSearch): TaskSearch {
  const { display: _display, by: _by, day: _day, scale: _scale, ...rows } = search;
  return rows;
}

/** What would be told by an order, a group, a shape; the fields are those that a role may be kept from. */
const DATED = new Set<string | undefined>(["due_at", "-due_at", "late", "-late"]);

/** The address without what the reader's roles hide from him: the server knows no such filters and orders. */
export function seenOf(search: TaskSearch, hidden: ReadonlySet<string>): TaskSearch {
  const seen = { ...search };
  for (const [field, name] of [
    ["due_at", "due"],
    ["priority", "priority"],
  ] as const) {
    if (!hidden.has(field)) continue;
    delete seen[name];
    if (seen.group === name) delete seen.group;
    if (seen.by === name) delete seen.by;
  }
  if (hidden.has("priority") && seen.order?.endsWith("priority")) delete seen.order;
  if (hidden.has("due_at")) {
    if (seen.tab === "overdue") delete seen.tab;
    if (DATED.has(orderOf(seen))) seen.order = "-changed_at";
  }
  return seen;
}

export const tabOf = (search: TaskSearch): TabCode =>
  TABS.includes(search.tab as TabCode) ? (search.tab as TabCode) : "mine";

export const orderOf = (search: TaskSearch): string => search.order ?? "due_at";

export const idsOf = (text: string | undefined): number[] =>
  (text ?? "")
    .split(",")
    .map(Number)
    .filter((id) => Number.isInteger(id) && id > 0);

export const listOf = (text: string | undefined): string[] =>
  (text ?? "").split(",").filter(Boolean);

/** Add to a comma list or take out of it; an emptied list leaves the address. */
export function toggled(text: string | undefined, value: string): string | undefined {
  const all = listOf(text);
  const next = all.includes(value) ? all.filter((one) => one !== value) : [...all, value];
  return next.length > 0 ? next.join(",") : undefined;
}

function dayEdge(now: Date, days: number): string {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days).toISOString();
}

/** The days that the filter names, `2026-11-21` or `2026-11-16..2026-11-22`; null for the usual choices. */
export function daysOfDue(due: string | undefined): [Date, Date] | null {
  const [since = "", until = since] = (due ?? "").split("..");
  const days = [since, until].map((day) => dateOf(day, new Date(0))) as [Date, Date];
  return keyOf(days[0]) === since && keyOf(days[1]) === until ? days : null;
}

function dueFilter(due: TaskSearch["due"], now: Date): ListQuery {
  const days = daysOfDue(due);
  if (days) return { due_at__gte: days[0].toISOString(), due_at__lt: dayEdge(days[1], 1) };
  switch (due) {
    case "overdue":
      return { due_at__lte: now.toISOString() };
    case "today":
      return { due_at__gte: dayEdge(now, 0), due_at__lte: dayEdge(now, 1) };
    case "week":
      return { due_at__gte: dayEdge(now, 0), due_at__lte: dayEdge(now, 7) };
    case "month":
      return { due_at__gte: dayEdge(now, 0), due_at__lte: dayEdge(now, 30) };
    case "none":
      return { due_at__isnull: "true" };
    default:
      return {};
  }
}

/** What to ask the server for; `now` is given so that a screen keeps one moment. */
export function toListQuery(search: TaskSearch, now: Date): ListQuery {
  const state = search.state ?? "open";
  const query: ListQuery = {
    tab: tabOf(search),
    ordering: orderOf(search),
    ...dueFilter(search.due, now),
  };
  if (state !== "all") query.state = state;
  if (search.status) query.status = search.status;
  if (search.assignee) query.assignee = search.assignee;
  if (search.priority) query.priority = search.priority;
  if (search.initiator) query.initiator = search.initiator;
  if (search.search) query.search = search.search;
  return { ...query, ...addedIn(search) };
}

/** Beyond the tab nothing narrows the list, so the tab's own count is the total. */
export function isPlain(search: TaskSearch): boolean {
  const { status, assignee, initiator, priority, due, search: text, state } = search;
  const isAdded = Object.keys(addedIn(search)).length > 0;
  return (
    !isAdded &&
    !status &&
    !assignee &&
    !initiator &&
    !priority &&
    !due &&
    !text &&
    (state ?? "open") === "open"
  );
}
