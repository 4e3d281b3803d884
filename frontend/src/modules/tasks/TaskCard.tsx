import { useParams } from "@tanstack/react-router";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { ApiProblem, sentenceOf } from "../../api/problem";
import { ReadingCall } from "../../core/acknowledgements/ReadingCall";
import { FilesSection } from "../../core/attachments/FilesSection";
import { CardFrame } from "../../core/cards/CardFrame";
import { CardActions } from "../../core/cards/CardParts";
import { Stream } from "../../core/cards/Stream";
import { CardTools } from "../../core/cardtools/CardTools";
import { discard, saveField, useCard } from "../../core/entities/card";
import { keys, refOf } from "../../core/entities/kind";
import { InlineText } from "../../core/forms/InlineText";
import { useLive } from "../../core/realtime/live";
import { cache } from "../../core/session/session";
import { spanText } from "../../ui/format";
import { Icon } from "../../ui/icon";
import type { MenuItem } from "../../ui/menu";
import { Empty, Failed, Waiting } from "../../ui/state";
import { TaskFields } from "./TaskFields";
import { TaskText } from "./TaskText";
import { ACTION_ICONS, TASKS, type Task, toneOfStatus } from "./task";
import { WatchButton } from "./WatchButton";
import "./tasks.css";
import "./words";
import { useNavigate } from "@tanstack/react-router";

/** One task, over the list or as a page. */
export function Screen() {
  const { taskId = "" } = useParams({ strict: false }) as { taskId?: string };
  const { t } = useTranslation("tasks");
  const { t: cards } = useTranslation("cards");
  const navigate = useNavigate();
  const card = useCard<Task>(TASKS, taskId);
  const task = card.data;

  const refresh = useCallback(() => {
    void cache.invalidateQueries({ queryKey: keys.card(TASKS, taskId) });
  }, [taskId]);
  useLive(task ? refOf(TASKS, taskId) && `ref:${refOf(TASKS, taskId)}` : null, refresh);

  const throwAway = async () => {
    await navigate({ to: TASKS.route, search: true } as never);
    await discard(TASKS, taskId);
  };
  const more: MenuItem[] = task?.can?.delete
    ? [
        {
          key: "discard",
          title: t("discard"),
          icon: "trash-2",
          danger: true,
          run: () => void throwAway(),
        },
      ]
    : [];
  const gone = card.error instanceof ApiProblem && card.error.status === 404;

  return (
    <CardFrame
      key={taskId}
      kind={TASKS}
      id={taskId}
      listTitle={t("title")}
      number={task?.number ?? ""}
      more={more}
      streamCount={task?.comments_count ?? 0}
      watch={task && <WatchButton task={task} />}
      body={
        task ? (
          <TaskBody task={task} />
        ) : gone ? (
          <Empty icon="circle-help" title={cards("gone")} text={cards("goneText")} />
        ) : card.isError ? (
          <Failed text={sentenceOf(card.error)} onRetry={() => void card.refetch()} />
        ) : (
          <Waiting rows={8} />
        )
      }
      stream={
        task ? (
          <Stream
            kind={TASKS}
            id={task.id}
            canComment={task.can?.comment ?? false}
            canAttach={task.can?.attach ?? false}
          />
        ) : (
          <aside className="dr-r" />
        )
      }
    />
  );
}

function TaskBody({ task }: { task: Task }) {
  const { t } = useTranslation("tasks");
  const canEdit = task.can?.edit ?? false;
  return (
    <>
      <ReadingCall kind={TASKS} id={task.id} version={task.version} />
      <InlineText
        label={t("titleLabel")}
        className="card-t"
        value={task.title}
        readOnly={!canEdit}
        oneLine
        required
        data-testid="card-title"
        onSave={(title, seen) =>
          void saveField<Task>(TASKS, task, {
            field: "title",
            value: title,
            shown: { title },
            seen,
            words: (card) => card.title,
          })
        }
      />
      <div className="actrow">
        <span
          className={`stbtn tone-${toneOfStatus(task.status)}`}
          data-testid="card-status"
          data-status={task.status}
        >
          {task.status_title}
        </span>
        <div className="actbtns">
          <CardActions
            kind={TASKS}
            id={task.id}
            actions={task.actions ?? []}
            icons={ACTION_ICONS}
          />
        </div>
        <span className="grow" />
        <TimeLeft task={task} />
      </div>
      <TaskFields task={task} canEdit={canEdit} />
      <div className="card-text">
        <TaskText task={task} canEdit={canEdit} />
      </div>
      <CardTools kind={TASKS} card={task} />
      <FilesSection kind={TASKS} id={task.id} canAttach={task.can?.attach ?? false} />
    </>
  );
}

/** How long is left, or how late it is: only while the task is open. */
function TimeLeft({ task }: { task: Task }) {
  if (!task.due_at || task.state !== "open") return null;
  const hours = (new Date(task.due_at).getTime() - Date.now()) / 3_600_000;
  const tone = task.is_overdue ? "red" : hours < 24 ? "amber" : "t3";
  return (
    <span className={`row f13 time-left ${tone}`}>
      <Icon name="clock" size={14} />
      <span className="num">{spanText(task.due_at)}</span>
    </span>
  );
}
