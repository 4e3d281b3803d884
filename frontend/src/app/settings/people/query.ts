import { type Address, addedIn } from "../../../core/lists/address";
import type { ListQuery } from "../../../core/lists/pages";

/** The list of people as it stands in the address, and the same as the server takes it. */
export type Show = "works" | "blocked";
export const PEOPLE_GROUPS = ["department", "position", "own_status"] as const;

/** What the columns of the board may be. */
export type PeopleBy = (typeof PEOPLE_GROUPS)[number];

/** Without statuses of the company's own people are laid out by where they sit. */
export const byOf = (address: Address, known: PeopleBy[]): PeopleBy =>
  known.find((one) => one === address.by) ??
  (known.includes("own_status") ? "own_status" : "department");

export const showOf = (address: Address): Show =>
  address.is_active === "false" ? "blocked" : "works";

export const groupOf = (address: Address): string | undefined =>
  PEOPLE_GROUPS.find((code) => code === address.group);

export function toPeopleQuery(address: Address): ListQuery {
  const query: ListQuery = {
    is_active: showOf(address) === "works" ? "true" : "false",
    ordering: address.order ?? "title",
    ...addedIn(address),
  };
  if (address.department) query.department = address.department;
  if (address.position) query.position = address.position;
  if (address.search) query.search = address.search;
  return query;
}
