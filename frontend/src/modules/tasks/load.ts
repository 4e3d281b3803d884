import type { WorkloadLoad, WorkloadSpan } from "../../api/contract";

/** How full a span is: hours that are left beside working hours, with no word of how it is drawn. */
export type Heat = "none" | "unknown" | "some" | "busy" | "full" | "over";

const HOURS = new Intl.NumberFormat("ru", { maximumFractionDigits: 1 });

export const hoursText = (minutes: number): string => HOURS.format(minutes / 60);

/** Tasks without estimates say nothing of hours; beyond working time there is too much. */
export function heatOf(load: WorkloadLoad, working: number): Heat {
  if (load.tasks === 0) return "none";
  if (load.minutes === 0) return load.unestimated > 0 ? "unknown" : "some";
  if (load.minutes > working) return "over";
  const share = load.minutes / working;
  return share > 0.8 ? "full" : share > 0.4 ? "busy" : "some";
}

/** The list of one person's open tasks that are due within a span. */
export function hrefOfLoad(personId: number | null, span: WorkloadSpan): string {
  const params = new URLSearchParams({ display: "table", tab: "all", assignee: String(personId) });
  params.set("due", span.since === span.until ? span.since : `${span.since}..${span.until}`);
  return `/tasks?${params}`;
}
