import type { TaskCard, TaskListRow } from "../../api/contract";
import type { CardKind } from "../../core/entities/kind";
import type { IconName } from "../../ui/icon";
import type { Tone } from "../../ui/marks";

export const TASKS: CardKind = { code: "tasks.task", path: "tasks", route: "/tasks" };

/** A task as it stands in lists. */
export type TaskRow = TaskListRow;

/** What only the opened card says. */
type Opened = Omit<TaskCard, keyof TaskRow>;

/** A task opened; until it has loaded, only what its row knew is there. */
export type Task = TaskRow & Partial<Opened>;

const TONES: Record<string, Tone> = {
  new: "neutral",
  accepted: "blue",
  in_work: "blue",
  in_review: "violet",
  returned: "red",
  closed: "green",
  cancelled: "neutral",
};

export const toneOfStatus = (status: string): Tone => TONES[status] ?? "neutral";

export const ACTION_ICONS: Record<string, IconName> = {
  accept: "check",
  start: "play",
  submit: "send",
  close: "check",
  return: "rotate-ccw",
  reopen: "rotate-ccw",
};
