import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Subtasks } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { get, put } from "../../api/request";
import { CardSection } from "../../core/cards/CardParts";
import { ToolFailed, ToolWaiting } from "../../core/cards/ToolState";
import { keys } from "../../core/entities/kind";
import { cache } from "../../core/session/cache";
import { IconButton } from "../../ui/button";
import { Face, Status } from "../../ui/marks";
import { Menu } from "../../ui/menu";
import { complain, say } from "../../ui/toast";
import { DueText } from "./columns";
import { SubtaskAdder } from "./SubtaskAdder";
import { TASKS, type Task, type TaskRow, toneOfRow } from "./task";
import "./words";

/** What the task was divided into; each part has its own person and date. */
export function SubtasksSection({ task }: { task: Task }) {
  const { t } = useTranslation("tasks");
  const adder = useRef<HTMLTextAreaElement>(null);
  const query = useQuery({
    queryKey: keys.parts(TASKS, task.id),
    queryFn: () => get<Subtasks>(`tasks/${task.id}/subtasks/`),
  });
  const canDivide = task.can?.divide ?? false;
  if (query.isError && !query.data) return <ToolFailed title={t("subtasks")} query={query} />;
  if (!query.data) return task.subtasks_count > 0 ? <ToolWaiting title={t("subtasks")} /> : null;
  const { results, hidden } = query.data;
  if (results.length + hidden === 0 && !canDivide) return null;
  const counted = results.filter((row) => row.state !== "cancelled" && !row.is_draft);
  const count = counted.length + hidden;
  const done = Math.max(task.subtasks_done, counted.filter((row) => row.state === "done").length);
  const add = canDivide
    ? { add: { title: t("subtaskAdd"), run: () => adder.current?.focus() } }
    : {};
  return (
    <CardSection
      title={t("subtasks")}
      count={
        count > 0 && (
          <span data-testid="subtasks-progress" title={t("subtaskProgress", { done, count })}>
            {done}/{count}
          </span>
        )
      }
      {...add}
    >
      {count > 0 && (
        <div className="bar check-bar" aria-hidden>
          <i style={{ width: `${Math.round((100 * done) / count)}%` }} />
        </div>
      )}
      {results.length > 0 && (
        <ul className="parts" aria-label={t("subtasks")}>
          {results.map((row) => (
            <Part key={row.id} row={row} canDetach={canDivide} />
          ))}
        </ul>
      )}
      {hidden > 0 && <p className="hint">{t("subtaskHidden", { count: hidden })}</p>}
      {canDivide && <SubtaskAdder task={task} box={adder} />}
    </CardSection>
  );
}

function Part({ row, canDetach }: { row: TaskRow; canDetach: boolean }) {
  const { t } = useTranslation("tasks");
  const detach = async () => {
    try {
      await put(`tasks/${row.id}/parent/`, { parent: null });
      await cache.invalidateQueries({ queryKey: [TASKS.code] });
      say(t("subtaskDetached"), { icon: "git-branch" });
    } catch (error) {
      complain(sentenceOf(error));
    }
  };
  return (
    <li className="part" data-testid="subtask">
      <Link to={`${TASKS.route}/${row.id}` as never} search={true as never} className="part-open">
        <Status tone={toneOfRow(row)}>
          <span className="vh">{row.status_title}</span>
        </Status>
        <span className={row.state === "open" ? "el grow" : "el grow t3"}>{row.title}</span>
        {row.subtasks_count > 0 && (
          <span className="num t3 f12">
            {row.subtasks_done}/{row.subtasks_count}
          </span>
        )}
        <span className="f13 part-due">{row.due_at && <DueText row={row} />}</span>
        {row.assignee && (
          <span title={row.assignee.full_name}>
            <Face
              id={row.assignee.id}
              initials={row.assignee.initials}
              photo={row.assignee.photo_url}
            />
            <span className="vh">{row.assignee.name}</span>
          </span>
        )}
      </Link>
      {canDetach && (
        <Menu
          label={t("subtaskMenu")}
          alignEnd
          items={[
            {
              key: "detach",
              title: t("subtaskDetach"),
              icon: "git-branch",
              run: () => void detach(),
            },
          ]}
          trigger={(open) => (
            <IconButton
              icon="ellipsis"
              label={`${t("subtaskMenu")}: ${row.title}`}
              small
              {...open}
            />
          )}
        />
      )}
    </li>
  );
}
