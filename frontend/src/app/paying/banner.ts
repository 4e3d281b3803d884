import type { Allowed } from "../../api/billing";
import { daysAway } from "../../ui/format";

/** Where whoever may pay does it, and by which right. */
export const PAYING = "/settings/billing";
export const MAY_PAY = "billing.manage";

/** The same for the licence of an own server. */
export const LICENCE_PAGE = "/settings/licence";
export const MAY_LICENSE = "tenants.company";

/** Everybody is told of the end of a trial so many days before. */
const TRIAL_WARNING_DAYS = 3;

/** A day without a time belongs to no zone: its noon is the same day wherever it is read. */
export const dayOfIso = (iso: string): Date => new Date(`${iso}T12:00:00`);

export type BannerText =
  | "trialEnds"
  | "pastDue"
  | "readOnly"
  | "suspended"
  | "licenceEnds"
  | "licenceGrace"
  | "licenceOver"
  | "licenceMissing";

export interface Banner {
  text: BannerText;
  tone: "amber" | "red";
  until: Date | null;
}

/** An own server has a licence and nothing to pay in the product. */
export const isLicensed = (allowed: Allowed): boolean => allowed.stage.startsWith("licence");

function licenceBanner(stage: string, until: Date | null): Banner | null {
  if (stage === "licence_ends") return { text: "licenceEnds", tone: "amber", until };
  if (stage === "licence_grace") return { text: "licenceGrace", tone: "red", until };
  if (stage === "licence_over") return { text: "licenceOver", tone: "red", until };
  if (stage === "licence_missing") return { text: "licenceMissing", tone: "red", until };
  return null;
}

/** What stands over every page because of what is paid for; null while there is nothing to say. */
export function bannerOf(allowed: Allowed, now = new Date()): Banner | null {
  const until = allowed.until ? dayOfIso(allowed.until) : null;
  if (isLicensed(allowed)) return licenceBanner(allowed.stage, until);
  if (allowed.mode === "suspended") return { text: "suspended", tone: "red", until };
  if (allowed.mode === "read_only") return { text: "readOnly", tone: "red", until };
  if (allowed.stage === "past_due") return { text: "pastDue", tone: "amber", until };
  const isNear = until !== null && daysAway(until, now) <= TRIAL_WARNING_DAYS;
  if (allowed.stage === "trial" && isNear && !allowed.paid_ahead)
    return { text: "trialEnds", tone: "amber", until };
  return null;
}
