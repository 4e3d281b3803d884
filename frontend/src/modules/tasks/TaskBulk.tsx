import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Summary } from "../../api/contract";
import { ReasonDialog } from "../../core/cards/CardParts";
import { DuePicker } from "../../core/forms/DuePicker";
import { BulkBar } from "../../core/lists/BulkBar";
import { useBulk } from "../../core/lists/bulking";
import type { ListQuery } from "../../core/lists/pages";
import { PersonPicker } from "../../core/people/PersonPicker";
import { useFieldLevels } from "../../core/session/session";
import { BulkStatus } from "../../core/statuses/BulkStatus";
import { BulkTag } from "../../core/tags/BulkTag";
import { BulkWatch } from "../../core/watchers/BulkWatch";
import { Icon, type IconName } from "../../ui/icon";
import { Menu } from "../../ui/menu";
import { AskApproval } from "./approvals/AskApproval";
import { TASKS, type TaskRow, toneOfStatus } from "./task";
import { useTaskRules } from "./usualDue";
import "./words";

interface TaskBulkProps {
  rows: TaskRow[];
  loaded: number;
  query: ListQuery;
  summary: Summary | undefined;
  onClear: () => void;
}

const PRIORITIES = [
  { code: "urgent", word: "priorityUrgent" },
  { code: "important", word: "priorityImportant" },
  { code: "normal", word: "priorityNormal" },
] as const;

/** What can be done with many tasks at once. */
export function TaskBulk({ rows, onClear, ...list }: TaskBulkProps) {
  const { t } = useTranslation("tasks");
  const [moving, setMoving] = useState<Date | null | undefined>(undefined);
  const { t: approvals } = useTranslation("approvals");
  const [sending, setSending] = useState(false);
  const { run, busy, bar } = useBulk({
    ...list,
    kind: TASKS,
    ids: rows.map((row) => row.id),
    onClear,
  });
  const level = useFieldLevels(TASKS.code);
  const drafts = rows.length > 0 && rows.every((row) => row.is_draft);
  const rules = useTaskRules(drafts);
  // Only what the server would do is offered: where drafts are approved first, those that are.
  const isReady = (row: TaskRow) => !rules?.needs_approval || row.approval === "approved";
  const releasable = drafts && rules !== undefined && rows.every(isReady);
  const sendable = drafts && rows.every((row) => row.approval !== "waiting");
  const press = (action: string, icon: IconName, title: string) => (
    <button
      type="button"
      className="bb"
      disabled={busy}
      onClick={() => run(action)}
      data-testid={`bulk-${action}`}
    >
      <Icon name={icon} />
      {title}
    </button>
  );

  return (
    <BulkBar {...bar}>
      {releasable && press("release", "send", t("bulkRelease"))}
      {sendable && (
        <button
          type="button"
          className="bb"
          disabled={busy}
          onClick={() => setSending(true)}
          data-testid="bulk-approval"
        >
          <Icon name="shield-check" />
          {approvals("ask")}
        </button>
      )}
      <PersonPicker
        label={t("bulkAssignee")}
        className="bb"
        chosen={[]}
        onPick={(person) => run("assign", { assignee: person.id })}
        disabled={busy}
        data-testid="bulk-assignee"
      >
        <Icon name="user-round" />
        {t("bulkAssignee")}
      </PersonPicker>
      {level("due_at") === "write" && (
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
      )}
      <BulkStatus
        kind={TASKS}
        ids={rows.map((row) => row.id)}
        busy={busy}
        toneOf={toneOfStatus}
        run={run}
      />
      {level("priority") === "write" && (
        <Menu
          label={t("priority")}
          items={PRIORITIES.map(({ code, word }) => ({
            key: code,
            title: t(word),
            run: () => run("priority", { priority: code }),
          }))}
          width={180}
          trigger={(aria) => (
            <button
              type="button"
              className="bb"
              disabled={busy}
              {...aria}
              data-testid="bulk-priority"
            >
              <Icon name="arrow-up" />
              {t("priority")}
            </button>
          )}
        />
      )}
      <BulkTag busy={busy} run={run} />
      <BulkWatch busy={busy} run={run} />
      {press("cancel", "circle-slash", t("bulkCancel"))}
      <span className="sep" />
      {press("trash", "trash-2", t("bulkTrash"))}
      {sending && (
        <AskApproval
          tasks={rows.map((row) => row.id)}
          onClose={() => setSending(false)}
          onSent={onClear}
        />
      )}
      {moving !== undefined && (
        <ReasonDialog
          action={{ code: "move", title: t("moveSave"), kind: "primary", needs_text: true }}
          busy={busy}
          onClose={() => setMoving(undefined)}
          onSend={(due_reason) => {
            setMoving(undefined);
            run("due", { due_at: moving?.toISOString() ?? null, due_reason });
          }}
        />
      )}
    </BulkBar>
  );
}
