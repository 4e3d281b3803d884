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

/** What of a registered document may still be changed. */
const LATER: FieldName[] = ["due_at", "priority", "valid_until", "paper_place"];

/** Whether somebody who edits a draft, or what is registered, may fill a field; the mark and the file have doors of their own. */
export const mayFill = (name: FieldName, edits: boolean, later: boolean): boolean =>
  edits || (later && LATER.includes(name));

/** What is filled stands there, and so does what such documents usually have; the rest only for whoever may fill it. */
export function shownFields(
  doc: Doc,
  direction: Direction,
  may: (name: FieldName) => boolean,
): { shown: FieldName[]; folded: FieldName[] } {
  const usual = [...ALWAYS, ...USUAL[direction]];
  const shown = ORDER.filter(
    (name) => isFilled(doc, name) || ALWAYS.includes(name) || (may(name) && usual.includes(name)),
  );
  return { shown, folded: ORDER.filter((name) => !shown.includes(name) && may(name)) };
}
