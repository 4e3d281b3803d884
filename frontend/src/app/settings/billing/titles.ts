import type { Me } from "../../../api/contract";

/** Names of modules that a plan holds; null where it holds all. A module that is not made yet has no name to show. */
export function modulesOf(codes: string[] | null, known: Me["modules"]): string | null {
  if (codes === null) return null;
  return known
    .filter(({ code }) => codes.includes(code))
    .map(({ title }) => title)
    .join(", ");
}
