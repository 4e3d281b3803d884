import type { TaskCard, TaskListRow } from "../../api/contract";
import type { CardKind } from "../../core/entities/kind";
import { toneOfColor } from "../../core/statuses/statuses";
import type { IconName } from "../../ui/icon";
import type { Tone } from "../../ui/marks";

export const TASKS: CardKind = {
  code: "tasks.task",
  path: "tasks",
  route: "/tasks",
  toneOf: (status) => toneOfStatus(status),
};

/** A task as it stands in lists. */
export type TaskRow = TaskListRow;

/** What only the opened card says. */
type Opened = Omit<TaskCard, keyof TaskRow>;

/** A task opened; until it has loaded, only what its row knew is there. */
export type Task = TaskRow & Partial<Opened>;

const TONES: Record<string, Tone> = {
  draft: "amber",
  new: "neutral",
  accepted: "blue",
  in_work: "blue",
  in_review: "violet",
  returned: "red",
  closed: "green",
  cancelled: "neutral",
};

export const toneOfStatus = (status: string): Tone => TONES[status] ?? "neutral";

/** The company's own colour of where a task stands, else that of its base. */
export const toneOfRow = (row: Pick<TaskRow, "status" | "own_status">): Tone =>
  toneOfColor(row.own_status?.color, toneOfStatus(row.status));

export const ACTION_ICONS: Record<string, IconName> = {
  release: "send",
  accept: "check",
  start: "play",
  submit: "send",
  close: "check",
  return: "rotate-ccw",
  reopen: "rotate-ccw",
};

/** Minutes as people say them: «2 ч 30 мин». */
export function spanOf(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${rest} мин`;
  return rest > 0 ? `${hours} ч ${rest} мин` : `${hours} ч`;
}

/** «2», «1,5», «2 ч 30 мин», «45 мин» → minutes; null when it says no span. */
export function minutesIn(text: string): number | null {
  const told = text.trim().toLowerCase().replace(",", ".");
  const parts = /^(?:(\d+(?:\.\d+)?)\s*(?:ч\S*)?)?\s*(?:(\d+)\s*м\S*)?$/.exec(told);
  if (!told || !parts) return null;
  const minutes = Math.round(Number(parts[1] ?? 0) * 60) + Number(parts[2] ?? 0);
  return minutes > 0 ? minutes : null;
}
