import { useTranslation } from "react-i18next";
import type { Person } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { put } from "../../api/request";
import { CardField } from "../../core/cards/CardParts";
import { saveField, showChange } from "../../core/entities/card";
import { keys } from "../../core/entities/kind";
import { DuePicker } from "../../core/forms/DuePicker";
import { Faces, PersonChip } from "../../core/people/PersonChip";
import { PersonPicker } from "../../core/people/PersonPicker";
import { cache } from "../../core/session/session";
import { momentText } from "../../ui/format";
import { complain } from "../../ui/toast";
import { TASKS, type Task } from "./task";
import "./words";

/** Put the set of watchers; shown at once, taken back when refused. */
export async function setWatchers(task: Task, watchers: Person[]): Promise<void> {
  const before = task.watchers ?? [];
  showChange<Task>(TASKS, task.id, { watchers });
  try {
    await put(`tasks/${task.id}/watchers/`, { watchers: watchers.map((one) => one.id) });
    await cache.invalidateQueries({ queryKey: keys.card(TASKS, task.id) });
  } catch (error) {
    showChange<Task>(TASKS, task.id, { watchers: before });
    complain(sentenceOf(error));
  }
}

/** Two columns of what everybody asks first: who, for whom, until when. */
export function TaskFields({ task, canEdit }: { task: Task; canEdit: boolean }) {
  const { t } = useTranslation("tasks");
  const { t: ui } = useTranslation("ui");
  const watchers = task.watchers ?? [];
  const helpers = task.co_assignees ?? [];

  const assign = (assignee: Person) =>
    void saveField<Task>(TASKS, task, {
      field: "assignee",
      value: assignee.id,
      shown: { assignee },
      words: (card) => card.assignee?.full_name ?? "",
    });
  const reschedule = (due: Date | null) => {
    const due_at = due?.toISOString() ?? null;
    void saveField<Task>(TASKS, task, {
      field: "due_at",
      value: due_at,
      shown: { due_at },
      words: (card) => (card.due_at ? momentText(card.due_at) : t("noDue")),
    });
  };
  const toggleWatcher = (person: Person) => {
    const has = watchers.some((one) => one.id === person.id);
    void setWatchers(
      task,
      has ? watchers.filter((one) => one.id !== person.id) : [...watchers, person],
    );
  };

  return (
    <div className="fields">
      <CardField label={t("assignee")}>
        <PersonPicker
          label={t("assignee")}
          chosen={task.assignee ? [task.assignee.id] : []}
          onPick={assign}
          disabled={!canEdit}
          data-testid="card-assignee"
        >
          <PersonChip person={task.assignee} />
        </PersonPicker>
      </CardField>
      <CardField label={t("due")}>
        <DuePicker
          label={t("due")}
          value={task.due_at ? new Date(task.due_at) : null}
          onPick={reschedule}
          disabled={!canEdit}
          data-testid="card-due"
        >
          {task.due_at ? (
            <span className="num">{momentText(task.due_at)}</span>
          ) : (
            <span className="t3">{t("noDue")}</span>
          )}
        </DuePicker>
      </CardField>
      <CardField label={t("initiator")}>
        <PersonChip person={task.initiator} />
      </CardField>
      <CardField label={t("created")}>
        <span className="num">{momentText(task.created_at)}</span>
      </CardField>
      <CardField label={t("watchers")}>
        <PersonPicker
          label={t("watchers")}
          chosen={watchers.map((one) => one.id)}
          onPick={toggleWatcher}
          several
          disabled={!canEdit}
          data-testid="card-watchers"
        >
          {watchers.length === 1 && watchers[0] ? (
            <PersonChip person={watchers[0]} />
          ) : watchers.length > 0 ? (
            <>
              <Faces people={watchers} />
              <span className="t2">{ui("people", { count: watchers.length })}</span>
            </>
          ) : (
            <span className="t3">{t("noWatchers")}</span>
          )}
        </PersonPicker>
      </CardField>
      {task.done_at && (
        <CardField label={t("done")}>
          <span className="num">{momentText(task.done_at)}</span>
        </CardField>
      )}
      {helpers.length > 0 && (
        <CardField label={t("coAssignees")}>
          <Faces people={helpers} />
          <span className="t2">{ui("people", { count: helpers.length })}</span>
        </CardField>
      )}
    </div>
  );
}
