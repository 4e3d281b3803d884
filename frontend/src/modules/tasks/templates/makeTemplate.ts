import type { Brief } from "../../../api/contract";
import { sentenceOf } from "../../../api/problem";
import { post } from "../../../api/request";
import { keys } from "../../../core/entities/kind";
import { cache } from "../../../core/session/cache";
import { i18next } from "../../../ui/texts";
import { complain, say } from "../../../ui/toast";
import { TASKS } from "../task";
import { TEMPLATES } from "./template";
import "./words";

/** Keep a task as a template and say where it stands; null when the server has refused. */
export async function makeTemplate(taskId: number): Promise<string | null> {
  try {
    const made = await post<Brief>(`${TASKS.path}/${taskId}/template/`);
    void cache.invalidateQueries({ queryKey: [TEMPLATES.code] });
    void cache.invalidateQueries({ queryKey: keys.links(TASKS, taskId) });
    say(i18next.t("templates:madeFrom"), { icon: "repeat" });
    return made.route;
  } catch (error) {
    complain(sentenceOf(error));
    return null;
  }
}
