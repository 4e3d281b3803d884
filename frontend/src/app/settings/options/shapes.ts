import type { Person } from "../../../api/contract";
import type {
  CompanyOptionOut,
  OptionHistoryOut,
  OptionSectionOut,
  OptionsOut,
} from "../../../api/generated/company/types.gen";
import { amountText } from "../../../core/fields/values";
import { plain } from "../../../ui/layout";

export type CompanyOption = CompanyOptionOut;
export type OptionSection = OptionSectionOut;
export type OptionsAnswer = OptionsOut;
export type OptionHistory = OptionHistoryOut;

/** What stands in the fields and is not kept yet, by the codes of options. */
export type Drafts = Record<string, unknown>;

export const same = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** The drafts with one more; a value that stands already is none. */
export function drafted(drafts: Drafts, option: CompanyOption, value: unknown): Drafts {
  const { [option.code]: _, ...others } = drafts;
  return same(value, option.value) ? others : { ...others, [option.code]: value };
}

/** A field that was emptied or half typed: the server would only say the same. */
export const unfinished = (option: CompanyOption, value: unknown): boolean =>
  (option.kind === "whole" || option.kind === "money") && (value === null || value === "");

/** Sections with those of their options that have all the words in their texts; empty sections are left out. */
export function found(sections: OptionSection[], text: string): OptionSection[] {
  const words = plain(text).split(" ").filter(Boolean);
  const fits = (section: OptionSection, option: CompanyOption) => {
    const told = plain(`${section.title} ${option.group} ${option.title} ${option.hint}`);
    return words.every((word) => told.includes(word));
  };
  return sections
    .map((section) => ({
      ...section,
      options: section.options.filter((option) => fits(section, option)),
    }))
    .filter((section) => section.options.length > 0);
}

/** Options under their headings, in the order in which they came. */
export function grouped(options: CompanyOption[]): [string, CompanyOption[]][] {
  const groups = new Map<string, CompanyOption[]>();
  for (const option of options)
    groups.set(option.group, [...(groups.get(option.group) ?? []), option]);
  return [...groups];
}

/** Sums stand with a comma, as people write them. */
export const shownSum = (value: string): string => value.replace(".", ",");
export const readSum = (text: string): string => text.replace(/\s/g, "").replace(",", ".");

interface Words {
  yes: string;
  no: string;
  nothing: string;
}

/** A value in words, as the history tells it. */
export function told(option: CompanyOption, value: unknown, people: Person[], words: Words) {
  const titles = new Map(option.choices.map(({ code, title }) => [code, title]));
  const listed = Array.isArray(value) ? value : [];
  const named = (name: (one: unknown) => string | undefined) =>
    listed.map(name).filter(Boolean).join(", ") || words.nothing;
  switch (option.kind) {
    case "yes_no":
      return value ? words.yes : words.no;
    case "whole":
      return value === 0 && option.none ? option.none : `${value ?? ""} ${option.unit}`.trim();
    case "choice":
      return titles.get(String(value)) ?? "";
    case "money":
      return `${amountText(String(value ?? ""), true)} ₽`;
    case "people":
      return named((id) => people.find((person) => person.id === id)?.name);
    case "several":
    case "roles":
      return named((code) => titles.get(String(code)));
    default:
      return String(value) || words.nothing;
  }
}
