import { useTranslation } from "react-i18next";
import type { Person } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { put } from "../../api/request";
import { CardField } from "../../core/cards/CardParts";
import { saveField, showChange } from "../../core/entities/card";
import { keys } from "../../core/entities/kind";
import { Faces, PersonChip } from "../../core/people/PersonChip";
import { PersonPicker } from "../../core/people/PersonPicker";
import { cache } from "../../core/session/cache";
import { useFieldLevels, useMe } from "../../core/session/session";
import { momentText } from "../../ui/format";
import { complain } from "../../ui/toast";
import { DueField } from "./DueField";
import { TASKS, type Task } from "./task";
import { WorkFields } from "./WorkFields";
import "./words";

const PATHS = { watchers: "watchers", co_assignees: "co-assignees" } as const;
type Part = keyof typeof PATHS;

/** Put the whole set of people of a part; shown at once, taken back when refused. */
export async function setPeople(task: Task, part: Part, people: Person[]): Promise<void> {
  const before = task[part] ?? [];
  showChange<Task>(TASKS, task.id, { [part]: people });
  try {
    await put(`tasks/${task.id}/${PATHS[part]}/`, { [part]: people.map((one) => one.id) });
    await cache.invalidateQueries({ queryKey: keys.card(TASKS, task.id) });
  } catch (error) {
    showChange<Task>(TASKS, task.id, { [part]: before });
    complain(sentenceOf(error));
  }
}

/** Two columns of what everybody asks first: who, for whom, until when. */
export function TaskFields({ task, canEdit }: { task: Task; canEdit: boolean }) {
  const { t } = useTranslation("tasks");
  const me = useMe();
  const due = useFieldLevels(TASKS.code)("due_at");
  // Who takes part is the matter of both sides; the rest is the initiator's.
  const gathers = canEdit || (task.can !== undefined && task.assignee?.id === me.id);

  const assign = (assignee: Person) =>
    void saveField<Task>(TASKS, task, {
      field: "assignee",
      value: assignee.id,
      shown: { assignee },
      words: (card) => card.assignee?.full_name ?? "",
    });
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
      {due !== "hidden" && <DueField task={task} canEdit={canEdit && due === "write"} />}
      <CardField label={t("initiator")}>
        <PersonChip person={task.initiator} />
      </CardField>
      <CardField label={t(task.is_draft ? "createdDraft" : "created")}>
        <span className="num">{momentText(task.created_at)}</span>
      </CardField>
      <PeopleField task={task} part="co_assignees" canEdit={gathers && task.state === "open"} />
      <PeopleField task={task} part="watchers" canEdit={gathers} />
      <WorkFields task={task} canEdit={canEdit} />
      {task.done_at && (
        <CardField label={t("done")}>
          <span className="num">{momentText(task.done_at)}</span>
        </CardField>
      )}
    </div>
  );
}

const TITLES = { watchers: "watchers", co_assignees: "coAssignees" } as const;

/** Several people of one part: chosen and taken away in one list. */
function PeopleField({ task, part, canEdit }: { task: Task; part: Part; canEdit: boolean }) {
  const { t } = useTranslation("tasks");
  const { t: ui } = useTranslation("ui");
  const people = task[part] ?? [];
  const label = t(TITLES[part]);
  const [only] = people;
  const toggle = (person: Person) => {
    const has = people.some((one) => one.id === person.id);
    const others = people.filter((one) => one.id !== person.id);
    void setPeople(task, part, has ? others : [...people, person]);
  };
  return (
    <CardField label={label}>
      <PersonPicker
        label={label}
        chosen={people.map((one) => one.id)}
        onPick={toggle}
        several
        disabled={!canEdit}
        data-testid={`card-${PATHS[part]}`}
      >
        {people.length === 1 && only ? (
          <PersonChip person={only} />
        ) : only ? (
          <>
            <Faces people={people} />
            <span className="t2">{ui("people", { count: people.length })}</span>
          </>
        ) : (
          <span className="t3">{t("nobody")}</span>
        )}
      </PersonPicker>
    </CardField>
  );
}
