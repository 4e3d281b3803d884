import type { RoutedKind } from "../../../api/routes";

/** What was typed into the fields of a trial, by their titles. */
export type Values = Record<string, string>;

const SPACES = /[\s\u00a0]/g;

/** The same as the server takes it: «300 000,50» is a number, an empty field is none. */
export function valuesToSend(kind: Pick<RoutedKind, "values">, typed: Values) {
  const told: Record<string, string | boolean | null> = {};
  for (const { title, kind: what } of kind.values) {
    const value = typed[title]?.trim() ?? "";
    if (value === "") told[title] = null;
    else if (what === "flag") told[title] = value === "yes";
    else if (what === "number") told[title] = value.replace(SPACES, "").replace(",", ".");
    else told[title] = value;
  }
  return told;
}
