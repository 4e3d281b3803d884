import type { Point, Subtasks } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { post } from "../../api/request";
import { keys } from "../../core/entities/kind";
import { cache } from "../../core/session/cache";
import type { MenuItem } from "../../ui/menu";
import { i18next } from "../../ui/texts";
import { complain, say } from "../../ui/toast";
import { TASKS, type Task } from "./task";
import "./words";

async function divide(task: Task, point: Point): Promise<void> {
  try {
    const path = `tasks/${task.id}/subtasks/from-point/`;
    cache.setQueryData(keys.parts(TASKS, task.id), await post<Subtasks>(path, { point: point.id }));
    await cache.invalidateQueries({ queryKey: keys.card(TASKS, task.id) });
    say(i18next.t("tasks:pointDivided"), { icon: "git-branch" });
  } catch (error) {
    complain(sentenceOf(error));
  }
}

/** A point that has grown becomes a part of the task, with its words, person and date. */
export function pointExtras(task: Task, point: Point): MenuItem[] {
  if (!task.can?.divide) return [];
  const title = i18next.t("tasks:pointDivide");
  return [{ key: "divide", title, icon: "git-branch", run: () => void divide(task, point) }];
}
