import type { Direction } from "../../../api/documents";
import type { Doc } from "../document";

/** Which fields of a document stand on its card, and which are put away. */

export type FieldName =
  | "correspondent"
  | "outer_number"
  | "outer_date"
  | "addressee"
  | "signatory"
  | "amount"
  | "valid_from"
  | "valid_until"
  | "due_at"
  | "priority"
  | "secrecy"
  | "case_file"
  | "paper_place";

const ORDER: FieldName[] = [
  "correspondent",
  "addressee",
  "outer_number",
  "outer_date",
  "signatory",
  "amount",
  "valid_from",
  "valid_until",
  "due_at",
  "case_file",
  "secrecy",
  "priority",
  "paper_place",
];

const ALWAYS: FieldName[] = ["due_at", "case_file", "secrecy"];
const USUAL: Record<Direction, FieldName[]> = {
  incoming: ["correspondent", "outer_number", "outer_date", "addressee"],
  outgoing: ["correspondent", "signatory"],
  internal: ["addressee", "signatory"],
  contract: ["correspondent", "signatory", "amount", "valid_from", "valid_until"],
};

const isFilled = (doc: Doc, name: FieldName): boolean =>
  name === "priority" ? doc.priority !== "normal" : Boolean(doc[name]);

/** What is filled stands there, and so does what such documents usually have; the rest only for whoever may fill it. */
export function shownFields(
  doc: Doc,
  direction: Direction,
  mayFill: boolean,
): { shown: FieldName[]; folded: FieldName[] } {
  const usual = [...ALWAYS, ...USUAL[direction]];
  const shown = ORDER.filter(
    (name) => isFilled(doc, name) || ALWAYS.includes(name) || (mayFill && usual.includes(name)),
  );
  return { shown, folded: mayFill ? ORDER.filter((name) => !shown.includes(name)) : [] };
}
