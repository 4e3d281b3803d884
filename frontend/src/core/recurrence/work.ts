import type { Person, Recurrence, RecurrenceFields } from "../../api/contract";
import type { ApiProblem } from "../../api/problem";

/** What is to be done about a card each time, while it is being written; nobody means whoever usually does it. */
export interface WorkDraft {
  title: string;
  answers: Person | null;
  dueIn: string;
}

/** How a kind of card speaks of its work: why one would plan some, what it may be called, who usually does it. */
export interface RegularWords {
  none: string;
  example: string;
  /** Without a name whoever reads may not know who it is. */
  usual: (name?: string) => string;
}

export type WorkField = keyof WorkDraft;

/** Names of sentences about what is wrong, by field. */
export type WorkFaults = Partial<Record<"title" | "dueIn", "wrongWork" | "wrongDueIn">>;

const LATEST = 3650;

export const workDraftOf = ({ work }: Recurrence): WorkDraft => ({
  title: work?.title ?? "",
  answers: work?.answers ?? null,
  dueIn: work?.due_in ? String(work.due_in) : "",
});

export function workFaultsOf({ title, dueIn }: WorkDraft): WorkFaults {
  const days = dueIn.trim();
  const isWhole = /^\d{1,4}$/.test(days) && Number(days) >= 1 && Number(days) <= LATEST;
  return {
    ...(!title.trim() && { title: "wrongWork" as const }),
    ...(days && !isWhole && { dueIn: "wrongDueIn" as const }),
  };
}

export const workBodyOf = ({ title, answers, dueIn }: WorkDraft): RecurrenceFields["work"] => ({
  title: title.trim(),
  answers: answers?.id ?? null,
  due_in: dueIn.trim() ? Number(dueIn) : null,
});

/** What the server says about each of them. */
export function workRefusalsOf(problem: ApiProblem): Partial<Record<WorkField, string>> {
  const inside = problem.inside("work");
  const told = {
    title: inside.title ?? problem.fields.work,
    answers: inside.answers ?? problem.fields.answers,
    dueIn: inside.due_in,
  };
  return Object.fromEntries(Object.entries(told).filter(([, sentence]) => sentence));
}
