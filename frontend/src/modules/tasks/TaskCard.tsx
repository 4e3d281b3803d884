import { useParams } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { ReadingCall } from "../../core/acknowledgements/ReadingCall";
import { FilesSection } from "../../core/attachments/FilesSection";
import { CardFrame } from "../../core/cards/CardFrame";
import { CardActions } from "../../core/cards/CardParts";
import { CardState } from "../../core/cards/CardState";
import { Stream } from "../../core/cards/Stream";
import { CardTools } from "../../core/cardtools/CardTools";
import { PointExtras } from "../../core/checklists/extras";
import { discard, saveField, useCard } from "../../core/entities/card";
import { keys, refOf } from "../../core/entities/kind";
import { InlineText } from "../../core/forms/InlineText";
import { useLive } from "../../core/realtime/live";
import { cache } from "../../core/session/cache";
import { may, useMe } from "../../core/session/session";
import { StatusMenu } from "../../core/statuses/StatusMenu";
import { WatchButton } from "../../core/watchers/WatchButton";
import { spanText } from "../../ui/format";
import { Icon } from "../../ui/icon";
import { Tag } from "../../ui/marks";
import type { MenuItem } from "../../ui/menu";
import { DueRequestCall } from "./AskMove";
import { DraftNote } from "./approvals/DraftNote";
import { pointExtras } from "./pointExtras";
import { SubtasksSection } from "./SubtasksSection";
import { TaskFields } from "./TaskFields";
import { TaskText } from "./TaskText";
import { ACTION_ICONS, TASKS, type Task, toneOfStatus } from "./task";
import { FromTemplate } from "./templates/FromTemplate";
import { makeTemplate } from "./templates/makeTemplate";
import { RepeatDialog } from "./templates/RepeatDialog";
import "./tasks.css";
import "./words";
import { Link, useNavigate } from "@tanstack/react-router";

/** One task, over the list or as a page. */
export function Screen() {
  const { taskId = "" } = useParams({ strict: false }) as { taskId?: string };
  const { t } = useTranslation("tasks");
  const { t: templates } = useTranslation("templates");
  const navigate = useNavigate();
  const me = useMe();
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
  const switchPrivacy = () => {
    if (!task) return;
    void saveField<Task>(TASKS, task, {
      field: "is_private",
      value: !task.is_private,
      shown: { is_private: !task.is_private },
      words: (card) => t(card.is_private ? "privacyOn" : "privacyOff"),
    });
  };
  const [repeats, setRepeats] = useState("");
  const open = (route: string) => void navigate({ to: route, search: {} } as never);
  const keep = async () => {
    const route = await makeTemplate(Number(taskId));
    if (route) open(route);
  };
  const pattern: MenuItem[] =
    task?.can?.attach && may(me, "tasks.create")
      ? [
          {
            key: "repeat",
            title: templates("repeat"),
            icon: "repeat",
            run: () => setRepeats(taskId),
          },
          {
            key: "template",
            title: templates("makeTemplate"),
            icon: "copy",
            run: () => void keep(),
          },
        ]
      : [];
  const own: MenuItem[] = task?.can?.delete
    ? [
        {
          key: "privacy",
          title: t(task.is_private ? "makeOpen" : "makePrivate"),
          icon: task.is_private ? ("users" as const) : ("shield-check" as const),
          before: "line",
          disabled: !task.can.edit,
          run: switchPrivacy,
        },
        {
          key: "discard",
          title: t("discard"),
          icon: "trash-2",
          danger: true,
          run: () => void throwAway(),
        },
      ]
    : [];

  return (
    <CardFrame
      key={taskId}
      kind={TASKS}
      id={taskId}
      listTitle={t("title")}
      number={task?.number ?? ""}
      more={[...pattern, ...own]}
      owner={task?.initiator?.id}
      streamCount={task?.comments_count ?? 0}
      watch={task && <WatchButton kind={TASKS} id={task.id} />}
      body={
        <>
          <CardState query={card}>{(one) => <TaskBody task={one} />}</CardState>
          {task && repeats === taskId && (
            <RepeatDialog taskId={task.id} onMade={open} onClose={() => setRepeats("")} />
          )}
        </>
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
      <DueRequestCall task={task} />
      {task.parent && (
        <Link to={task.parent.route as never} search={true as never} className="part-of f13">
          <Icon name="git-branch" size={14} />
          <span className="t3">{t("partOf")}</span>
          <span className="el">{task.parent.title}</span>
        </Link>
      )}
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
        <StatusMenu kind={TASKS} card={task} toneOf={toneOfStatus} />
        {task.is_private && <Tag>{t("private")}</Tag>}
        <FromTemplate id={task.id} />
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
      {task.is_draft && <DraftNote task={task} />}
      {task.blockers_count > 0 && task.state === "open" && (
        <p className="row f13 amber" data-testid="blockers">
          <Icon name="circle-slash" size={14} />
          {t("blockers", { count: task.blockers_count })}
        </p>
      )}
      <TaskFields task={task} canEdit={canEdit} />
      <div className="card-text">
        <TaskText task={task} canEdit={canEdit} />
      </div>
      <SubtasksSection key={`parts-${task.id}`} task={task} />
      <PointExtras value={(point) => pointExtras(task, point)}>
        <CardTools kind={TASKS} card={task} />
      </PointExtras>
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
