import { daysAway, dayText } from "../../ui/format";
import { i18next } from "../../ui/texts";
import "./words";

export interface Group {
  key: string;
  title: string;
}

interface Dated {
  due_at: string | null;
  is_overdue: boolean;
  state: string;
}

function dayShift(days: number, now: Date): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);
}

/** The caption under which a card stands in a list sorted by due date. */
export function dueGroup(row: Dated, now = new Date()): Group {
  const t = i18next.t;
  if (!row.due_at) return { key: "none", title: t("lists:noDue") };
  if (row.is_overdue) return { key: "overdue", title: t("lists:overdue") };
  const away = daysAway(new Date(row.due_at), now);
  const untilSunday = (7 - now.getDay()) % 7;
  if (away < 0) return { key: "past", title: t("lists:past") };
  if (away === 0) return { key: "today", title: t("lists:today", { day: dayText(now) }) };
  if (away === 1) {
    return { key: "tomorrow", title: t("lists:tomorrow", { day: dayText(dayShift(1, now)) }) };
  }
  if (away <= untilSunday) return { key: "week", title: t("lists:thisWeek") };
  if (away <= untilSunday + 7) return { key: "next-week", title: t("lists:nextWeek") };
  return { key: "later", title: t("lists:later") };
}
