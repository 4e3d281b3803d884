import { useState } from "react";
import { useTranslation } from "react-i18next";
import { sentenceOf } from "../../api/problem";
import { post, request } from "../../api/request";
import { CardField } from "../../core/cards/CardParts";
import { saveField, settle } from "../../core/entities/card";
import { keys } from "../../core/entities/kind";
import { InlineText } from "../../core/forms/InlineText";
import { cache } from "../../core/session/cache";
import { useFieldLevels } from "../../core/session/session";
import { IconButton } from "../../ui/button";
import { Tag } from "../../ui/marks";
import { Menu } from "../../ui/menu";
import { complain } from "../../ui/toast";
import { TimeDialog } from "./TimeDialog";
import { minutesIn, spanOf, TASKS, type Task } from "./task";
import "./words";

type Priority = Task["priority"];
const PRIORITIES: Priority[] = ["normal", "important", "urgent"];
const TITLES = {
  normal: "priorityNormal",
  important: "priorityImportant",
  urgent: "priorityUrgent",
} as const;

/** How pressing the task is, how much it should take and how much it has taken. */
export function WorkFields({ task, canEdit }: { task: Task; canEdit: boolean }) {
  const level = useFieldLevels(TASKS.code);
  const edits = (field: string) => canEdit && level(field) === "write";
  return (
    <>
      {level("priority") !== "hidden" && <PriorityField task={task} canEdit={edits("priority")} />}
      {level("estimate") !== "hidden" && <EstimateField task={task} canEdit={edits("estimate")} />}
      {!task.is_draft && level("spent") !== "hidden" && <SpentField task={task} />}
    </>
  );
}

function PriorityField({ task, canEdit }: { task: Task; canEdit: boolean }) {
  const { t } = useTranslation("tasks");
  const shown =
    task.priority === "normal" ? (
      <span className="t2">{t("priorityNormal")}</span>
    ) : (
      <Tag tone={task.priority === "urgent" ? "red" : "amber"}>{t(TITLES[task.priority])}</Tag>
    );
  const choose = (priority: Priority) =>
    void saveField<Task>(TASKS, task, {
      field: "priority",
      value: priority,
      shown: { priority },
      words: (card) => t(TITLES[card.priority]),
    });
  return (
    <CardField label={t("priority")}>
      {canEdit ? (
        <Menu
          label={t("priority")}
          items={PRIORITIES.map((one) => ({
            key: one,
            title: t(TITLES[one]),
            checked: one === task.priority,
            run: () => choose(one),
          }))}
          trigger={(open) => (
            <button type="button" className="value" {...open} data-testid="card-priority">
              {shown}
            </button>
          )}
        />
      ) : (
        shown
      )}
    </CardField>
  );
}

function EstimateField({ task, canEdit }: { task: Task; canEdit: boolean }) {
  const { t } = useTranslation("tasks");
  const shown = task.estimate ? spanOf(task.estimate) : "";
  if (!canEdit && !shown) return null;
  const save = (text: string) => {
    const estimate = text.trim() ? minutesIn(text) : null;
    if (text.trim() && estimate === null) return complain(t("timeWrong"));
    void saveField<Task>(TASKS, task, {
      field: "estimate",
      value: estimate,
      shown: { estimate },
      words: (card) => (card.estimate ? spanOf(card.estimate) : t("noEstimate")),
    });
  };
  return (
    <CardField label={t("estimate")}>
      <InlineText
        label={t("estimate")}
        className="num"
        value={shown}
        placeholder={t("noEstimate")}
        readOnly={!canEdit}
        oneLine
        onSave={save}
        data-testid="card-estimate"
      />
    </CardField>
  );
}

/** The sum of everybody's time, one's own timer beside it. */
function SpentField({ task }: { task: Task }) {
  const { t } = useTranslation("tasks");
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const runs = Boolean(task.timer_started_at);
  const canTime = (task.can?.time ?? false) && (runs || task.state === "open");
  if (!task.can?.time && task.spent === 0) return null;

  const toggle = async () => {
    setBusy(true);
    try {
      const path = `tasks/${task.id}/timer/`;
      settle(TASKS, await (runs ? request<Task>("DELETE", path) : post<Task>(path)));
      await cache.invalidateQueries({ queryKey: keys.time(TASKS, task.id) });
    } catch (error) {
      complain(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  const spent = spanOf(task.spent);
  const told = task.estimate
    ? t("ofEstimate", { spent, estimate: spanOf(task.estimate) })
    : task.spent > 0
      ? spent
      : t("notSpent");
  const over = task.estimate !== null && task.spent > task.estimate;
  return (
    <CardField label={t("spent")}>
      <span className="row">
        <button
          type="button"
          className={over ? "value num red" : task.spent ? "value num" : "value t3"}
          onClick={() => setOpen(true)}
          data-testid="card-spent"
        >
          {told}
        </button>
        {canTime && (
          <IconButton
            icon={runs ? "circle-dot" : "play"}
            label={runs ? t("timerStop") : t("timerStart")}
            small
            on={runs}
            disabled={busy}
            aria-pressed={runs}
            onClick={() => void toggle()}
            data-testid="card-timer"
          />
        )}
        {runs && <span className="f12 t3">{t("timeRuns")}</span>}
      </span>
      {open && <TimeDialog task={task} onClose={() => setOpen(false)} />}
    </CardField>
  );
}
