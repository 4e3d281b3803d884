import type { TemplateCard, TemplateListRow } from "../../../api/contract";
import type { CardKind } from "../../../core/entities/kind";
import { i18next } from "../../../ui/texts";
import { spanOf } from "../task";
import "./words";

export const TEMPLATES: CardKind = {
  code: "tasks.template",
  path: "task-templates",
  route: "/tasks/templates",
  without: ["fields", "comments", "notices"],
};

/** A template as it stands in lists. */
export type TemplateRow = TemplateListRow;

/** A template opened; until it has loaded, only what its row knew is there. */
export type Template = TemplateRow & Partial<Omit<TemplateCard, keyof TemplateRow>>;

const DAY = 1440;
const UNITS: [RegExp, number][] = [
  [/^нед/, 7 * DAY],
  [/^(д|сут)/, DAY],
  [/^ч/, 60],
  [/^м/, 1],
];
const PIECE = /(\d+(?:[.,]\d+)?)\s*([а-яё]*)\.?/g;
/** The server takes a year at most. */
const MOST = 525_600;

/** «2 дня», «1 день 4 ч», «30 мин», «3» (days) → minutes; null when it says no term. */
export function dueInOf(text: string): number | null {
  const told = text.trim().toLowerCase();
  if (!told || told.replace(PIECE, "").replace(/[\s,]|и/g, "")) return null;
  let minutes = 0;
  for (const [, number = "", unit = ""] of told.matchAll(PIECE)) {
    const size = unit ? UNITS.find(([name]) => name.test(unit))?.[1] : DAY;
    if (!size) return null;
    minutes += Number(number.replace(",", ".")) * size;
  }
  const whole = Math.round(minutes);
  return whole > 0 && whole <= MOST ? whole : null;
}

/** «2 дня», «1 день 4 ч», «30 мин». */
export function dueInText(minutes: number): string {
  const days = Math.floor(minutes / DAY);
  const rest = minutes % DAY;
  const told = [days > 0 ? i18next.t("templates:days", { count: days }) : ""];
  if (rest > 0) told.push(spanOf(rest));
  return told.filter(Boolean).join(" ");
}
