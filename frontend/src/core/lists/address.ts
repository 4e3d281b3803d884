/** The state of a list as it stands in the address: plain words, no more. */
export type Address = Record<string, string | undefined>;

/** Words that pass: which view is open, its columns, a file being looked at, the day of a calendar. */
const PASSING = new Set(["view", "saved", "columns", "at", "day", "month"]);

/** What of an address says how a list is narrowed, put in order and shown. */
export function stateOf(address: Address): Record<string, string> {
  const kept = Object.entries(address).filter(([name, text]) => text && !PASSING.has(name));
  return Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1))) as Record<string, string>;
}

export const isSame = (one: Address, other: Address): boolean =>
  JSON.stringify(stateOf(one)) === JSON.stringify(stateOf(other));

/** Conditions that a company adds to a list: its own fields, types of cards, statuses, tags, groups. */
export const isAdded = (name: string): boolean =>
  name.startsWith("fields.") || /^(tag|card_type|own_status|in_view|not_in_view)(__|$)/.test(name);

/** Those of them that stand in the address, as the server takes them. */
export function addedIn(address: Address): Record<string, string> {
  return Object.fromEntries(
    Object.entries(stateOf(address)).filter(([name]) => isAdded(name)),
  ) as Record<string, string>;
}

/** `fields.sum__gte` → `fields.sum`. */
export const baseOf = (name: string): string => name.split("__")[0] ?? name;
