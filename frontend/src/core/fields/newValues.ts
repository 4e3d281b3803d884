import { useQuery } from "@tanstack/react-query";
import type { CardType, Person, ShownField } from "../../api/contract";
import { get } from "../../api/request";
import { i18next } from "../../ui/texts";
import type { CardKind } from "../entities/kind";
import { isDay } from "../forms/clock";
import { amountText, readAmount } from "./values";
import "./words";

/** What has been typed into the company's own fields of a card that is not there yet. */

export interface PickedCard {
  ref: string;
  title: string;
}

export type Typed = string | string[] | Person | PickedCard | null;
/** By codes of fields; one that nobody has touched is not in it: the server gives it what it begins with. */
export type NewValues = Record<string, Typed>;

/** A file is put on a card, a formula is reckoned by itself: neither is typed beforehand. */
const NOT_TYPED: ReadonlySet<string> = new Set(["file", "formula"]);

type Answer = { results: ShownField[]; card_types: CardType[] };

/** Fields that whoever makes a card of this type may fill at once. */
export function useNewFields(kind: CardKind, type: string | undefined): ShownField[] {
  const query = useQuery({
    queryKey: ["fields", kind.code, "new"],
    staleTime: 60_000,
    enabled: type !== undefined,
    queryFn: ({ signal }) => get<Answer>("fields/", { query: { kind: kind.code }, signal }),
  });
  if (type === undefined) return [];
  return (query.data?.results ?? []).filter(
    (one) =>
      one.can_write &&
      !NOT_TYPED.has(one.type) &&
      (one.card_types.length === 0 || one.card_types.includes(type)),
  );
}

/** What stands in a field of the form: what was typed, or what such cards begin with. */
export function standingIn(field: ShownField, values: NewValues): Typed {
  const typed = values[field.code];
  if (typed !== undefined) return typed;
  const begins = field.default;
  if (begins === null || begins === undefined) return null;
  if (field.type === "flag") return begins === true ? "yes" : "no";
  if (field.type === "number" || field.type === "money") return amountText(String(begins), false);
  return begins as Typed;
}

const isEmpty = (value: Typed): boolean =>
  value === null || (Array.isArray(value) && value.length === 0) || value === "";

function sentAs(field: ShownField, value: Typed): unknown {
  if (isEmpty(value)) return null;
  if (typeof value === "string") {
    if (field.type === "number" || field.type === "money") return readAmount(value) ?? null;
    if (field.type === "flag") return value === "yes";
    return value.trim() || null;
  }
  if (value === null || Array.isArray(value)) return value;
  return "ref" in value ? value.ref : value.id;
}

/** The touched ones as the server takes them. */
export function newBody(fields: ShownField[], values: NewValues): Record<string, unknown> {
  return Object.fromEntries(
    fields
      .filter(({ code }) => values[code] !== undefined)
      .map((field) => [field.code, sentAs(field, values[field.code] ?? null)]),
  );
}

/** What is wrong with what was typed, before the server is asked; by codes of fields. */
export function wrongValues(fields: ShownField[], values: NewValues): Record<string, string> {
  const wrong: Record<string, string> = {};
  for (const { code, type } of fields) {
    const value = values[code];
    if (typeof value !== "string" || !value) continue;
    const amount = type === "number" || type === "money";
    if (amount && readAmount(value) === undefined) wrong[code] = i18next.t("fields:wrongNumber");
    if (type === "date" && !isDay(value)) wrong[code] = i18next.t("fields:wrongDay");
  }
  return wrong;
}
