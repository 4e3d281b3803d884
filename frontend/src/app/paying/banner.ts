import type { Allowed } from "../../api/billing";
import { daysAway } from "../../ui/format";

/** Where whoever may pay does it, and by which right. */
export const PAYING = "/settings/billing";
export const MAY_PAY = "billing.manage";

/** Everybody is told of the end of a trial so many days before. */
const TRIAL_WARNING_DAYS = 3;

/** A day without a time belongs to no zone: its noon is the same day wherever it is read. */
export const dayOfIso = (iso: string): Date => new Date(`${iso}T12:00:00`);

export type BannerText = "trialEnds" | "pastDue" | "readOnly" | "suspended";

export interface Banner {
  text: BannerText;
  tone: "amber" | "red";
  until: Date | null;
}

/** What stands over every page because of what is paid for; null while there is nothing to say. */
export function bannerOf(allowed: Allowed, now = new Date()): Banner | null {
  const until = allowed.until ? dayOfIso(allowed.until) : null;
  if (allowed.mode === "suspended") return { text: "suspended", tone: "red", until };
  if (allowed.mode === "read_only") return { text: "readOnly", tone: "red", until };
  if (allowed.stage === "past_due") return { text: "pastDue", tone: "amber", until };
  const isNear = until !== null && daysAway(until, now) <= TRIAL_WARNING_DAYS;
  if (allowed.stage === "trial" && isNear && !allowed.paid_ahead)
    return { text: "trialEnds", tone: "amber", until };
  return null;
}
