import type { FormEvent } from "react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiProblem, sentenceOf } from "../../api/problem";
import { patch } from "../../api/request";
import { CardField } from "../../core/cards/CardParts";
import { settle } from "../../core/entities/card";
import { DuePicker } from "../../core/forms/DuePicker";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { TextAreaField } from "../../ui/field";
import { dateText, momentText } from "../../ui/format";
import { AskMoveDialog } from "./AskMove";
import { TASKS, type Task } from "./task";
import "./words";

/** Until when; a moved moment says how often and from where, and moving it asks why. */
export function DueField({ task, canEdit }: { task: Task; canEdit: boolean }) {
  const { t } = useTranslation("tasks");
  const [moving, setMoving] = useState<Date | null | undefined>(undefined);
  const [asking, setAsking] = useState(false);

  const pick = (due: Date | null) => {
    const isMove = task.due_at !== null && !task.is_draft;
    const same = due?.toISOString() === (task.due_at && new Date(task.due_at).toISOString());
    if (same) return;
    if (isMove && task.assignee?.id !== task.initiator.id) setMoving(due);
    else void save(task, due, "");
  };
  return (
    <CardField label={t("due")}>
      <span className="due-field">
        <span className="row">
          <DuePicker
            label={t("due")}
            value={task.due_at ? new Date(task.due_at) : null}
            onPick={pick}
            disabled={!canEdit}
            data-testid="card-due"
          >
            {task.due_at ? (
              <span className="num">{momentText(task.due_at)}</span>
            ) : (
              <span className="t3">{t("noDue")}</span>
            )}
          </DuePicker>
          {task.can?.ask_due && (
            <button
              type="button"
              className="link f12"
              onClick={() => setAsking(true)}
              data-testid="ask-due"
            >
              {t("askMove")}
            </button>
          )}
        </span>
        {task.first_due_at && (
          <span className="f12 t3" data-testid="due-moves">
            {t("movedNote", { count: task.due_moves, first: dateText(task.first_due_at) })}
          </span>
        )}
      </span>
      {moving !== undefined && (
        <ReasonOfMove task={task} due={moving} onClose={() => setMoving(undefined)} />
      )}
      {asking && <AskMoveDialog task={task} onClose={() => setAsking(false)} />}
    </CardField>
  );
}

async function save(task: Task, due: Date | null, reason: string): Promise<void> {
  const body = { due_at: due?.toISOString() ?? null, ...(reason && { due_reason: reason }) };
  settle(TASKS, await patch<Task>(`tasks/${task.id}/`, body, { ifMatch: task.version }));
}

interface ReasonProps {
  task: Task;
  due: Date | null;
  onClose: () => void;
}

function ReasonOfMove({ task, due, onClose }: ReasonProps) {
  const { t } = useTranslation("tasks");
  const { t: ui } = useTranslation("ui");
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      await save(task, due, reason.trim());
      onClose();
    } catch (problem) {
      const named = problem instanceof ApiProblem ? problem.fields.due_reason : undefined;
      setError(named ?? sentenceOf(problem));
      setBusy(false);
    }
  };
  const when = due ? momentText(due.toISOString()) : t("noDue");
  return (
    <Dialog title={t("moveTitle", { due: when })} width={460} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void send(event)} noValidate>
        <TextAreaField
          label={t("moveReason")}
          hint={t("moveReasonHint")}
          rows={3}
          value={reason}
          error={error}
          onChange={(event) => setReason(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
              event.currentTarget.form?.requestSubmit();
            }
          }}
          data-autofocus
          data-testid="move-reason"
        />
        <div className="row">
          <Button look="primary" type="submit" busy={busy} data-testid="move-save">
            {t("moveSave")}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {ui("cancel")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
