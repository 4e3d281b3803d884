import type { Person } from "../../../api/contract";
import type { Direction, DocumentRules } from "../../../api/documents";
import type { NewValues } from "../../../core/fields/newValues";
import { isDay } from "../../../core/forms/clock";
import { memory } from "../../../ui/store";
import { i18next } from "../../../ui/texts";
import { sumIn } from "../sums";
import "./words";

/** What has been typed of a new document; it waits in this browser until it is made. */
export interface Draft {
  /** None while no type is chosen; the kind's own is empty. */
  type: string | null;
  template: number | null;
  title: string;
  content: string;
  correspondent: string;
  outer_number: string;
  outer_date: string;
  addressee: Person | null;
  signatory: Person | null;
  amount: string;
  valid_from: string;
  valid_until: string;
  /** The company's own fields, by their codes. */
  fields: NewValues;
}

export const EMPTY: Draft = {
  type: null,
  template: null,
  title: "",
  content: "",
  correspondent: "",
  outer_number: "",
  outer_date: "",
  addressee: null,
  signatory: null,
  amount: "",
  valid_from: "",
  valid_until: "",
  fields: {},
};

export type FieldCode = Exclude<keyof Draft, "type" | "template" | "title" | "content" | "fields">;

/** What is asked of documents of each direction; the rest is filled on the card. */
const ASKED: Record<Direction, FieldCode[]> = {
  incoming: ["correspondent", "outer_number", "outer_date", "addressee"],
  outgoing: ["correspondent", "signatory"],
  internal: ["addressee", "signatory"],
  contract: ["correspondent", "amount", "valid_from", "valid_until"],
};

/** Which of them the reader's roles let him fill. */
export type MayFill = (field: string) => boolean;

const ANY: MayFill = () => true;

export const askedOf = (direction: Direction, may = ANY): FieldCode[] =>
  ASKED[direction].filter(may);

const KEY = "pult.draft.documents.new";

export function remembered(): Draft {
  const raw = memory.read(KEY);
  return raw ? { ...EMPTY, ...(JSON.parse(raw) as Partial<Draft>) } : EMPTY;
}

/** Only what somebody has typed is worth keeping. */
export const isTyped = ({ type: _type, template: _template, fields, ...typed }: Draft): boolean =>
  [...Object.values(typed), ...Object.values(fields)].some((value) =>
    typeof value === "string" ? value.trim() !== "" : value,
  );

export function remember(draft: Draft): void {
  memory.write(KEY, isTyped(draft) ? JSON.stringify(draft) : null);
}

export const forget = (): void => memory.write(KEY, null);

const DAYS = ["outer_date", "valid_from", "valid_until"] as const;

/** What is wrong with what was typed, before the server is asked; by the names of fields. */
export function wrongIn(draft: Draft, direction: Direction, may = ANY): Record<string, string> {
  const t = (name: "needTitle" | "wrongDay" | "wrongSum") => i18next.t(`documents_new:${name}`);
  const asked = askedOf(direction, may);
  const wrong: Record<string, string> = {};
  if (!draft.title.trim() && draft.template === null) wrong.title = t("needTitle");
  for (const name of DAYS) {
    if (asked.includes(name) && draft[name] && !isDay(draft[name])) wrong[name] = t("wrongDay");
  }
  if (asked.includes("amount") && sumIn(draft.amount) === undefined) wrong.amount = t("wrongSum");
  return wrong;
}

/** The same as the server takes it: only what is asked of such documents, and what has been typed. */
export function bodyOf(draft: Draft, direction: Direction, may = ANY): Record<string, unknown> {
  const body: Record<string, unknown> = { card_type: draft.type ?? "" };
  if (draft.template !== null) body.template = draft.template;
  if (draft.title.trim()) body.title = draft.title.trim();
  if (draft.content.trim() && may("content")) body.content = draft.content.trim();
  for (const name of askedOf(direction, may)) {
    const value = draft[name];
    if (value === null || (typeof value === "string" && !value.trim())) continue;
    if (name === "amount") body.amount = sumIn(draft.amount);
    else body[name] = typeof value === "string" ? value.trim() : value.id;
  }
  return body;
}

/** Who registers by himself what he has made of this type, without a route. */
export const registersAtOnce = (type: DocumentRules, mayRegister: boolean): boolean =>
  !type.needs_route &&
  (type.register_roles.length > 0 ? mayRegister : mayRegister || type.author_registers);

/** «Письмо Ромашки.pdf» → «Письмо Ромашки»: how a document made of a file is called. */
export function titleOfFile(name: string): string {
  const dot = name.lastIndexOf(".");
  const bare = (dot > 0 ? name.slice(0, dot) : name).replaceAll(/[_\s]+/g, " ").trim();
  return (bare || name).slice(0, 500);
}

/** What a memo is called: its first line, cut where a sentence or a word ends. */
export function titleOfMemo(text: string): string {
  const first = text.trim().split("\n")[0]?.trim() ?? "";
  const sentence = /^.{10,119}?[.!?](?=\s|$)/.exec(first)?.[0].replace(/\.$/, "") ?? first;
  if (sentence.length <= 120) return sentence;
  const cut = sentence.slice(0, 120);
  return `${cut.slice(0, cut.lastIndexOf(" ") > 40 ? cut.lastIndexOf(" ") : 120)}…`;
}
