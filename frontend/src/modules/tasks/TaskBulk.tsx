import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Person } from "../../api/contract";
import { del, patch, post } from "../../api/request";
import { ReasonDialog } from "../../core/cards/CardParts";
import { showChange } from "../../core/entities/card";
import { DuePicker } from "../../core/forms/DuePicker";
import { type BulkProgress, forEachRow, tellBulk } from "../../core/lists/bulk";
import { PersonPicker } from "../../core/people/PersonPicker";
import { cache, recount } from "../../core/session/session";
import { IconButton } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { TASKS, type TaskRow } from "./task";
import "./words";

interface TaskBulkProps {
  rows: TaskRow[];
  onClear: () => void;
}

const refresh = () => {
  recount();
  return cache.invalidateQueries({ queryKey: [TASKS.code] });
};

async function setField(row: TaskRow, body: object): Promise<void> {
  const fresh = await patch<TaskRow>(`tasks/${row.id}/`, body, { ifMatch: row.version });
  showChange<TaskRow>(TASKS, row.id, fresh);
}

/** One dark bar for what can be done with many tasks at once. */
export function TaskBulk({ rows, onClear }: TaskBulkProps) {
  const { t } = useTranslation("tasks");
  const { t: lists } = useTranslation("lists");
  const [moving, setMoving] = useState<Date | null | undefined>(undefined);
  const [progress, setProgress] = useState<BulkProgress | null>(null);

  const run = async (
    change: (row: TaskRow) => Promise<unknown>,
    undo?: (row: TaskRow) => object,
  ) => {
    const result = await forEachRow(rows, change, setProgress);
    setProgress(null);
    if (result.failed.length === 0) onClear();
    await refresh();
    const back = () =>
      void forEachRow(
        result.done,
        (row) => patch(`tasks/${row.id}/`, undo?.(row)),
        () => undefined,
      )
        .then((undone) => tellBulk(undone))
        .then(refresh);
    tellBulk(result, undo && back);
  };
  const assign = (person: Person) =>
    void run(
      (row) => setField(row, { assignee: person.id }),
      (row) => ({ assignee: row.assignee?.id ?? null }),
    );
  const reschedule = (due: Date | null, due_reason: string) =>
    void run(
      (row) => setField(row, { due_at: due?.toISOString() ?? null, due_reason }),
      (row) => ({ due_at: row.due_at, due_reason: t("bulkMoveBack") }),
    );
  const release = () => void run((row) => post(`tasks/${row.id}/do/release/`));
  const drafts = rows.length > 0 && rows.every((row) => row.is_draft);
  const cancel = () => void run((row) => post(`tasks/${row.id}/do/cancel/`));
  const busy = progress !== null;

  return (
    <div className="bulk" role="toolbar" aria-label={lists("selected")}>
      {progress ? (
        <>
          <b className="num">{lists("progress", { ...progress })}</b>
          <span className="bar">
            <i style={{ width: `${(progress.done / progress.total) * 100}%` }} />
          </span>
          <span className="sep" />
        </>
      ) : (
        <b>
          {lists("selected")} <span className="num">{rows.length}</span>
        </b>
      )}
      {drafts && (
        <button
          type="button"
          className="bb"
          disabled={busy}
          onClick={release}
          data-testid="bulk-release"
        >
          <Icon name="send" />
          {t("bulkRelease")}
        </button>
      )}
      <PersonPicker
        label={t("bulkAssignee")}
        className="bb"
        chosen={[]}
        onPick={assign}
        disabled={busy}
        data-testid="bulk-assignee"
      >
        <Icon name="user-round" />
        {t("bulkAssignee")}
      </PersonPicker>
      <DuePicker
        label={t("bulkDue")}
        className="bb"
        value={null}
        onPick={(due) => setMoving(due)}
        disabled={busy}
        data-testid="bulk-due"
      >
        <Icon name="calendar" />
        {t("bulkDue")}
      </DuePicker>
      <button
        type="button"
        className="bb"
        disabled={busy}
        onClick={cancel}
        data-testid="bulk-cancel"
      >
        <Icon name="circle-slash" />
        {t("bulkCancel")}
      </button>
      <span className="sep" />
      <button
        type="button"
        className="bb"
        disabled={busy}
        onClick={() => void run((row) => del(`tasks/${row.id}/`))}
        data-testid="bulk-trash"
      >
        <Icon name="trash-2" />
        {t("bulkTrash")}
      </button>
      <IconButton className="bb" icon="x" label={lists("unselect")} onClick={onClear} />
      {moving !== undefined && (
        <ReasonDialog
          action={{ code: "move", title: t("moveSave"), kind: "primary", needs_text: true }}
          busy={busy}
          onClose={() => setMoving(undefined)}
          onSend={(reason) => {
            setMoving(undefined);
            reschedule(moving, reason);
          }}
        />
      )}
    </div>
  );
}
