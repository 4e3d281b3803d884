import { useQuery } from "@tanstack/react-query";
import type { TaskRules } from "../../api/contract";
import { get } from "../../api/request";
import { typedDue } from "../../core/forms/due";
import { useFieldLevels } from "../../core/session/session";
import { TASKS } from "./task";

const FRESH_MS = 60_000;

/** What the company has decided about its tasks, as far as forms have to know. */
export function useTaskRules(enabled = true): TaskRules | undefined {
  return useQuery({
    queryKey: [TASKS.code, "rules"],
    queryFn: () => get<TaskRules>("tasks/rules/"),
    staleTime: FRESH_MS,
    enabled,
  }).data;
}

/** The due moment that the company gives by default, as it stands in the form; empty where there is none to see. */
export function useUsualDue(): { text: string; mayName: boolean } {
  const mayName = useFieldLevels(TASKS.code)("due_at") === "write";
  const data = useTaskRules(mayName);
  return { text: data?.usual_due_at ? typedDue(new Date(data.usual_due_at)) : "", mayName };
}
