import type { Limit, Plan, Subscription, Wish } from "../../../api/billing";
import { amountText, unitOf } from "../../../core/fields/values";
import { dateText, dayText } from "../../../ui/format";
import { dayOfIso } from "../../paying/banner";

/** «1 490,00 ₽» */
export const sumText = (sum: string, currency: string): string =>
  amountText(sum, true) + unitOf({ settings: { currency } });

/** «1 490 ₽»: a price of a list, whose kopecks are said only where there are any. */
export const priceText = (sum: string, currency: string): string =>
  sumText(sum.replace(/\.00$/, ""), currency);

/** «2 380,00»: sums are never counted as floats. */
export const isNothing = (sum: string): boolean => /^-?0*(\.0*)?$/.test(sum);

/** «7 декабря», with the year when it is another one. */
export function dayWords(iso: string, now = new Date()): string {
  const day = dayOfIso(iso);
  return day.getFullYear() === now.getFullYear()
    ? dayText(day)
    : `${dayText(day)} ${day.getFullYear()}`;
}

/** «07.12.2026» */
export const dateOfIso = (iso: string): string => dateText(dayOfIso(iso));

/** The last day of what ends before a day. */
export function dayBefore(iso: string): string {
  const day = dayOfIso(iso);
  day.setDate(day.getDate() - 1);
  return dateText(day);
}

export const isFree = (plan: Plan): boolean =>
  isNothing(plan.month_price) && isNothing(plan.year_price);

/** How much of a limit is used, as a bar shows it. */
export const shareOf = ({ used, limit }: Limit): number =>
  limit ? Math.min(100, Math.round((used / limit) * 100)) : used > 0 ? 100 : 0;

/** What a company has beyond a plan. */
export interface Beyond {
  seats: number | null;
  storage: number | null;
  modules: string[];
}

/** Which limits of a plan are over already; nothing is taken away for it, but nothing can be added. */
export function beyondOf(
  allowed: { seats: number | null; storage: number | null; modules: string[] | null },
  { limits }: Pick<Subscription, "limits">,
  enabled: string[],
): Beyond {
  const { seats, storage, modules } = allowed;
  return {
    seats: seats !== null && limits.seats.used > seats ? seats : null,
    storage: storage !== null && limits.storage_bytes.used > storage ? storage : null,
    modules: modules === null ? [] : enabled.filter((code) => !modules.includes(code)),
  };
}

/** What a chosen plan allows with its seats and add-ons. */
export function allowedBy(plan: Plan, wish: Pick<Wish, "seats" | "add_ons">) {
  const sold = plan.add_ons.filter(({ code }) => wish.add_ons.includes(code));
  const more = sold.reduce((sum, one) => sum + one.storage_bytes, 0);
  return {
    seats: plan.seats_included === null ? null : (wish.seats ?? plan.seats_included),
    storage: plan.storage_bytes === null ? null : plan.storage_bytes + more,
    modules: plan.modules && [...plan.modules, ...sold.flatMap(({ modules }) => modules)],
  };
}

/** The choice that a company has now. */
export const heldBy = ({ plan, period, seats, add_ons }: Subscription): Wish => ({
  plan: plan.code,
  period,
  seats,
  add_ons,
});

/** Where a choice of a plan begins: as many seats as are taken, if they are sold. */
export function wishFor(plan: Plan, period: Wish["period"], taken: number): Wish {
  const included = plan.seats_included;
  const seats =
    included === null || plan.seat_month_price === null ? null : Math.max(included, taken);
  return { plan: plan.code, period, seats, add_ons: [] };
}

/** «12» → 12, empty is as many as the plan includes; undefined when it is no number. */
export function readSeats(text: string): number | null | undefined {
  const plain = text.replace(/[\s\u00a0]/g, "");
  if (!plain) return null;
  return /^\d{1,6}$/.test(plain) && Number(plain) > 0 ? Number(plain) : undefined;
}

/** «1 500,50» → "1500.50", empty → null; undefined when it is no sum. */
export function readSum(text: string): string | null | undefined {
  const plain = text.replace(/[\s\u00a0₽]/g, "").replace(",", ".");
  if (!plain) return null;
  return /^\d{1,8}(\.\d{1,2})?$/.test(plain) ? Number(plain).toFixed(2) : undefined;
}
