/** Moments of plans stand on the company's wall, wherever the reader sits. */

const ALL = {
  weekday: "short",
  day: "numeric",
  month: "long",
  hour: "2-digit",
  minute: "2-digit",
} as const;

export interface WallMoment {
  /** «пн» */
  weekday: string;
  /** «24 ноября», with the year when it is another one */
  day: string;
  /** «09:00» */
  time: string;
}

export function wallMoment(iso: string, zone: string, now = new Date()): WallMoment {
  const date = new Date(iso);
  const yearOf = (moment: Date) =>
    new Intl.DateTimeFormat("ru", { timeZone: zone, year: "numeric" }).format(moment);
  const parts = new Intl.DateTimeFormat("ru", { ...ALL, timeZone: zone }).formatToParts(date);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? "";
  const year = yearOf(date) === yearOf(now) ? "" : ` ${yearOf(date)}`;
  return {
    weekday: part("weekday"),
    day: `${part("day")} ${part("month")}${year}`,
    time: `${part("hour")}:${part("minute")}`,
  };
}

/** «Москва (UTC+3)» needs a directory of names; the shift says what matters. */
export function shiftOf(zone: string, now = new Date()): string {
  const parts = new Intl.DateTimeFormat("ru", {
    timeZone: zone,
    timeZoneName: "shortOffset",
  }).formatToParts(now);
  return parts.find((one) => one.type === "timeZoneName")?.value.replace("GMT", "UTC") ?? "";
}

export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Two zones that show the same now. */
export const isSameWall = (zone: string, other: string, now = new Date()): boolean =>
  shiftOf(zone, now) === shiftOf(other, now);
