import type { Subscription } from "../../../api/billing";
import type { Tone } from "../../../ui/marks";
import { dayWords, isFree } from "./sums";

export type StandingKey =
  | "trial"
  | "trialPaid"
  | "trialCard"
  | "free"
  | "paid"
  | "renews"
  | "pastDue"
  | "readOnly"
  | "suspended"
  | "deleting";

export interface Standing {
  key: StandingKey;
  tone: Tone;
  day: string;
}

const LATE: Partial<Record<Subscription["stage"], StandingKey>> = {
  past_due: "pastDue",
  read_only: "readOnly",
  suspended: "suspended",
  deleting: "deleting",
};

/** Until when everything is paid for, with what credit covers; null where nothing is bought. */
export const coveredUntil = (of: Subscription): string | null => of.covered_until ?? of.paid_until;

/** Where a subscription stands, as a person would say it. */
export function standingOf(of: Subscription, now = new Date()): Standing {
  const words = (iso: string | null) => (iso ? dayWords(iso, now) : "");
  const late = LATE[of.stage];
  if (late) return { key: late, tone: late === "pastDue" ? "amber" : "red", day: words(of.until) };
  const covered = coveredUntil(of);
  if (of.stage === "trial") {
    const isBought = covered !== null && covered > of.trial_until;
    // A card that waits has paid nothing yet.
    const key = isBought ? "trialPaid" : of.renews ? "trialCard" : "trial";
    return { key, tone: "blue", day: words(of.trial_until) };
  }
  if (isFree(of.plan)) return { key: "free", tone: "neutral", day: "" };
  return { key: of.renews ? "renews" : "paid", tone: "green", day: words(covered) };
}
