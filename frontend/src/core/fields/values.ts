import type { Brief, CardFieldValue, FieldOption, Person } from "../../api/contract";
import { dateText } from "../../ui/format";
import { i18next } from "../../ui/texts";
import "./words";

/** Values of fields as people read and type them. */

const NBSP = "\u00a0";
const SIGNS: Record<string, string> = {
  RUB: "₽",
  USD: "$",
  EUR: "€",
  CNY: "¥",
  BYN: "Br",
  KZT: "₸",
};

export interface ShownFile {
  id: number;
  name: string;
  url: string;
}

type Shaped = Pick<CardFieldValue, "type" | "settings" | "value">;

/** «1 500,50»: every digit as it is kept, the empty ones of a quantity left out. */
export function amountText(kept: string, keepZeros: boolean): string {
  const [whole = "", rest = ""] = kept.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, NBSP).replace("-", "−");
  const tail = keepZeros ? rest : rest.replace(/0+$/, "");
  return tail ? `${grouped},${tail}` : grouped;
}

const resultOf = ({ type, settings }: Shaped): string =>
  type === "formula" ? (settings.result ?? "text") : type;

/** The unit or the currency behind a number, with the space before it. */
export function unitOf({ settings }: Pick<Shaped, "settings">): string {
  const unit = settings.currency ? (SIGNS[settings.currency] ?? settings.currency) : settings.unit;
  return unit ? `${NBSP}${unit}` : "";
}

export const optionsOf = (field: Pick<Shaped, "settings">): FieldOption[] =>
  field.settings.options ?? [];

/** The value in words; empty when there is none. */
export function valueText(field: Shaped): string {
  const { value } = field;
  if (value === null || value === undefined) return "";
  switch (resultOf(field)) {
    case "number":
    case "money":
      return amountText(String(value), Boolean(field.settings.currency)) + unitOf(field);
    case "date":
    case "day":
      return dateText(`${String(value)}T12:00:00`);
    case "flag":
      return i18next.t(value === true ? "fields:yes" : "fields:no");
    case "list":
      return (value as string[])
        .map((code) => optionsOf(field).find((one) => one.code === code)?.title ?? code)
        .join(", ");
    case "person":
      return (value as Person).full_name;
    case "card":
      return `${(value as Brief).number} ${(value as Brief).title}`.trim();
    case "file":
      return (value as ShownFile).name;
  }
  return String(value);
}

/** «1 500,5» → «1500.5»; undefined when it is no number. */
export function readAmount(text: string): string | null | undefined {
  const plain = text
    .replace(/[\s\u00a0]/g, "")
    .replace("−", "-")
    .replace(",", ".");
  if (!plain) return null;
  return /^-?\d{1,15}(\.\d{1,12})?$/.test(plain) ? plain : undefined;
}

/** The day of a moment in the reader's zone: «2026-11-21». */
export function dayOf(moment: Date): string {
  const two = (part: number) => String(part).padStart(2, "0");
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}
