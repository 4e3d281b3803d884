import { cache } from "../../../core/session/cache";
import { recount } from "../../../core/session/session";
import { QUEUE } from "../../../core/waiting/queue";
import type { Tone } from "../../../ui/marks";
import { TASKS, type Task, type TaskRow } from "../task";

/** How a draft stands with whoever approves it. */
export type Approval = NonNullable<TaskRow["approval"]>;
export type Sent = NonNullable<Task["draft_request"]>;

export const TONES: Record<Approval, Tone> = {
  waiting: "amber",
  approved: "green",
  returned: "red",
};

/** What a sending or a decision has changed: cards, lists, the queue. */
export function refreshDrafts(): Promise<unknown> {
  recount();
  return Promise.all([
    cache.invalidateQueries({ queryKey: [TASKS.code] }),
    cache.invalidateQueries({ queryKey: QUEUE }),
  ]);
}
