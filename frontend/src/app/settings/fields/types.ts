import type { FieldSettings } from "../../../api/contract";
import type { FieldType } from "./settings";

/** A field as it stands in the form. */
export type Draft = Pick<
  FieldSettings,
  | "title"
  | "type"
  | "group"
  | "hint"
  | "card_types"
  | "required_at"
  | "default"
  | "settings"
  | "is_filterable"
  | "is_recorded"
  | "rights"
>;

export const TYPE_WORDS = {
  text: "typeText",
  number: "typeNumber",
  money: "typeMoney",
  date: "typeDate",
  flag: "typeFlag",
  list: "typeList",
  person: "typePerson",
  card: "typeCard",
  file: "typeFile",
  formula: "typeFormula",
} as const;

export const TYPES = Object.keys(TYPE_WORDS) as FieldType[];
export const CURRENCIES = ["RUB", "USD", "EUR", "CNY", "BYN", "KZT"];

/** What a new field of a type begins with. */
export function settingsOf(type: FieldType): Draft["settings"] {
  switch (type) {
    case "number":
      return { unit: "", precision: 2 };
    case "money":
      return { currency: "RUB" };
    case "list":
      return { options: [{ title: "" }, { title: "" }], many: false };
    case "card":
      return { kinds: [] };
    case "formula":
      return { formula: "", unit: "", precision: 2, currency: "" };
    case "text":
      return { multiline: false };
  }
  return {};
}

export const EMPTY: Draft = {
  title: "",
  type: "text",
  group: "",
  hint: "",
  card_types: [],
  required_at: [],
  default: null,
  settings: settingsOf("text"),
  is_filterable: false,
  is_recorded: false,
  rights: {},
};

/** What the server keeps of the form: empty lines of a list are no options. */
export function sentOf(draft: Draft): object {
  const { options, ...settings } = draft.settings;
  const { result: _, changes_daily: __, ...plain } = settings;
  const kept = options?.filter((one) => one.title.trim());
  const form = Object.fromEntries(
    Object.keys(EMPTY).map((name) => [name, draft[name as keyof Draft]]),
  );
  return { ...form, settings: kept ? { ...plain, options: kept } : plain };
}
