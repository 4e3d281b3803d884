import type { CardAction, CardBase, Person } from "../../api/contract";
import type { CardKind } from "../../core/entities/kind";
import type { IconName } from "../../ui/icon";
import type { Tone } from "../../ui/marks";

export const TASKS: CardKind = { code: "tasks.task", path: "tasks", route: "/tasks" };

/** A task as it stands in lists. */
export interface TaskRow extends CardBase {
  assignee: Person | null;
  initiator: Person;
  due_at: string | null;
  is_overdue: boolean;
  files_count: number;
  comments_count: number;
}

/** A task opened; until it has loaded, only what its row knew is there. */
export interface Task extends TaskRow {
  description?: string;
  watchers?: Person[];
  co_assignees?: Person[];
  done_at?: string | null;
  actions?: CardAction[];
  can?: { edit: boolean; delete: boolean; comment: boolean; attach: boolean };
}

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
