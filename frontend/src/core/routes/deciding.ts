import { ApiProblem } from "../../api/problem";
import type { Mine, Verdict } from "../../api/routes";
import { memory } from "../../ui/store";

/** What is weighed before a decision goes to the server. */

const NEEDS_WORDS: ReadonlySet<Verdict> = new Set<Verdict>(["remarks", "reject", "return"]);
const ORDER: Verdict[] = ["approve", "done", "remarks", "return", "reject"];

export const needsWords = (verdict: Verdict): boolean => NEEDS_WORDS.has(verdict);

/** What may be said, the usual first. */
export const inOrder = (mine: Mine): Verdict[] =>
  ORDER.filter((verdict) => mine.verdicts.includes(verdict));

/** One field of the card that is not as it was looked at. */
export interface ChangedField {
  title: string;
  old?: string | null;
  new?: string | null;
}

/** What stands now, when the card says something else than what was looked at. */
export interface Changed {
  hash: string;
  fields: ChangedField[];
}

const isText = (value: unknown): value is string => typeof value === "string";

/** The answer 412 as it is shown; null for any other refusal. */
export function changedBy(error: unknown): Changed | null {
  if (!(error instanceof ApiProblem) || error.code !== "content-changed") return null;
  const { hash, fields, changes } = error.body;
  if (!isText(hash)) return null;
  const whole = Array.isArray(changes)
    ? changes.filter((one): one is ChangedField => isText(one?.title))
    : [];
  const named = Array.isArray(fields) ? fields.filter(isText) : [];
  const rest = named.filter((title) => !whole.some((one) => one.title === title));
  return { hash, fields: [...whole, ...rest.map((title) => ({ title }))] };
}

const keyOf = (step: number): string => `pult.route-step.${step}`;

/** Words of a decision wait in this browser until it is made. */
export const keptWords = (step: number): string => memory.read(keyOf(step)) ?? "";

export const keepWords = (step: number, text: string): void =>
  memory.write(keyOf(step), text || null);
