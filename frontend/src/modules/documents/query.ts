import { keyOf, plusDays } from "../../core/displays/days";
import { type Address, addedIn, stateOf } from "../../core/lists/address";
import type { ListQuery } from "../../core/lists/pages";

/** The list's state as it stands in the address; the server reads the same words, so a view is a group, too. */
export interface DocumentSearch extends Address {
  tab?: ServerTab;
  status?: string;
  state?: string;
  responsible?: string;
  author?: string;
  addressee?: string;
  holder?: string;
  stage?: string;
  stage_late?: string;
  secrecy?: string;
  case_file?: string;
  correspondent?: string;
  registered_on__gte?: string;
  registered_on__lte?: string;
  valid_until__gte?: string;
  valid_until__lte?: string;
  due_at__lte?: string;
  search?: string;
  order?: string;
  group?: string;
  saved?: string;
  columns?: string;
}

export const SERVER_TABS = [
  "mine",
  "addressed",
  "watching",
  "to_register",
  "drafts",
  "all",
] as const;
export type ServerTab = (typeof SERVER_TABS)[number];

/** The list's own views: a tab of the server's, or plain conditions under a name. */
export const TABS = [
  "all",
  "mine",
  "addressed",
  "on_route",
  "to_register",
  "registered",
  "ending",
  "drafts",
  "watching",
] as const;
export type TabCode = (typeof TABS)[number];

const ENDING_DAYS = 60;

/** What the address says when a view of the list's own is opened. */
export function presetOf(tab: TabCode, now = new Date()): DocumentSearch {
  switch (tab) {
    case "all":
      return {};
    case "on_route":
      return { status: "on_route" };
    case "registered":
      return { status: "registered,in_force" };
    case "ending":
      return {
        status: "registered,in_force",
        valid_until__lte: keyOf(plusDays(now, ENDING_DAYS)),
      };
    case "mine":
    case "addressed":
    case "watching":
      return { tab, state: "open" };
    default:
      return { tab };
  }
}

/** Words of an address that say nothing of which rows are meant. */
const SHAPE = ["order", "group"];

/** Which of the list's own views the address is; null when something else narrows it. */
export function tabOf(search: DocumentSearch, now = new Date()): TabCode | null {
  const kept = stateOf(search);
  for (const name of SHAPE) delete kept[name];
  const told = JSON.stringify(kept);
  return TABS.find((tab) => JSON.stringify(stateOf(presetOf(tab, now))) === told) ?? null;
}

export const GROUPS = [
  "status",
  "own_status",
  "type",
  "stage",
  "holder",
  "responsible",
  "author",
  "late",
] as const;

export const groupOf = (search: DocumentSearch): string | undefined =>
  GROUPS.find((code) => code === search.group);

/** Which field of a document tells what lists are narrowed, ordered and grouped by, where the names differ. */
const TOLD_BY: Record<string, string> = {
  ends: "valid_until",
  ending: "valid_until",
  late: "due_at",
  "-due_at": "due_at",
};

/** Whether something of the list's (a filter, a group, an order, a view) tells nothing of what the reader may not see. */
export const isSeen = (hidden: ReadonlySet<string>, code: string): boolean =>
  !hidden.has(TOLD_BY[code] ?? code);

/** The address without what the reader's roles hide from him: the server knows no such filters and orders. */
export function seenOf(search: DocumentSearch, hidden: ReadonlySet<string>): DocumentSearch {
  const told = Object.entries(search).filter(([name]) => !hidden.has(name.replace(/__.*/, "")));
  const seen: DocumentSearch = Object.fromEntries(told);
  if (seen.group && !isSeen(hidden, seen.group)) delete seen.group;
  if (seen.order && !isSeen(hidden, seen.order)) delete seen.order;
  return seen;
}

export const ORDERS = [
  "-created_at",
  "-registered",
  "registered",
  "due_at",
  "-changed_at",
] as const;

export const orderOf = (search: DocumentSearch): string => search.order ?? "-created_at";

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

const PASSED = [
  "status",
  "state",
  "responsible",
  "author",
  "addressee",
  "holder",
  "stage",
  "stage_late",
  "secrecy",
  "case_file",
  "correspondent",
  "registered_on__gte",
  "registered_on__lte",
  "valid_until__gte",
  "valid_until__lte",
  "due_at__lte",
  "search",
] as const;

/** What to ask the server for. */
export function toListQuery(search: DocumentSearch): ListQuery {
  const tab = SERVER_TABS.find((code) => code === search.tab) ?? "all";
  const query: ListQuery = { tab, ordering: orderOf(search) };
  for (const name of PASSED) {
    const text = search[name];
    if (text) query[name] = text;
  }
  if (query.state === "all") delete query.state;
  return { ...query, ...addedIn(search) };
}

/** What is sought once leaves the tab as it is. */
export const isSought = (search: DocumentSearch): boolean => tabOf(search) === null;

/** «с 01.11.2026 по 20.11.2026» of a pair of days; empty when there is neither. */
export function spanText(
  since: string | undefined,
  until: string | undefined,
  say: (day: string) => string,
): string {
  if (since && until) return since === until ? say(since) : `${say(since)} – ${say(until)}`;
  if (since) return `с ${say(since)}`;
  return until ? `по ${say(until)}` : "";
}
