import type { Brief, RecurrenceFields } from "../../../api/contract";
import { sentenceOf } from "../../../api/problem";
import { post } from "../../../api/request";
import { keys } from "../../../core/entities/kind";
import { cache } from "../../../core/session/cache";
import { i18next } from "../../../ui/texts";
import { complain, say } from "../../../ui/toast";
import { TASKS } from "../task";
import { TEMPLATES } from "./template";
import "./words";

function tellMade(taskId: number): void {
  void cache.invalidateQueries({ queryKey: [TEMPLATES.code] });
  void cache.invalidateQueries({ queryKey: keys.links(TASKS, taskId) });
  say(i18next.t("templates:madeFrom"), { icon: "repeat" });
}

/** Keep a task as a template and say where it stands; null when the server has refused. */
export async function makeTemplate(taskId: number): Promise<string | null> {
  try {
    const made = await post<Brief>(`${TASKS.path}/${taskId}/template/`);
    tellMade(taskId);
    return made.route;
  } catch (error) {
    complain(sentenceOf(error));
    return null;
  }
}

/** Where a task is let come round: its template is made together with the plan, or not at all. */
export const repeatAt = (taskId: number): string => `${TASKS.path}/${taskId}/template/repeat/`;

export async function repeatTask(taskId: number, body: RecurrenceFields): Promise<string> {
  const made = await post<Brief>(repeatAt(taskId), body);
  tellMade(taskId);
  return made.route;
}
