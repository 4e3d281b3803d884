import type { FormEvent } from "react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiProblem, sentenceOf } from "../../api/problem";
import { post, request } from "../../api/request";
import { ReasonDialog } from "../../core/cards/CardParts";
import { settle } from "../../core/entities/card";
import { DueInput } from "../../core/forms/DueInput";
import { parseDue } from "../../core/forms/due";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { TextAreaField } from "../../ui/field";
import { momentText } from "../../ui/format";
import { Icon } from "../../ui/icon";
import { complain } from "../../ui/toast";
import { TASKS, type Task } from "./task";
import "./words";

/** «Попросить перенести»: until when and why. */
export function AskMoveDialog({ task, onClose }: { task: Task; onClose: () => void }) {
  const { t } = useTranslation("tasks");
  const { t: ui } = useTranslation("ui");
  const [due, setDue] = useState("");
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const moment = parseDue(due);
    if (!moment) return setErrors({ due_at: t("needDue") });
    setBusy(true);
    try {
      const body = { due_at: moment.toISOString(), reason: reason.trim() };
      settle(TASKS, await post<Task>(`tasks/${task.id}/due-request/`, body));
      onClose();
    } catch (problem) {
      const named = problem instanceof ApiProblem ? problem.fields : {};
      setErrors(Object.keys(named).length > 0 ? named : { reason: sentenceOf(problem) });
      setBusy(false);
    }
  };
  return (
    <Dialog title={t("askMoveTitle")} width={460} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void send(event)} noValidate>
        <div>
          <span className="lbl">{t("askMoveDue")}</span>
          <DueInput
            label={t("askMoveDue")}
            text={due}
            onChange={(text) => {
              setDue(text);
              setErrors({});
            }}
            data-testid="ask-due-at"
          />
          {errors.due_at && <div className="fld-msg err">{errors.due_at}</div>}
        </div>
        <TextAreaField
          label={t("askMoveReason")}
          rows={3}
          value={reason}
          error={errors.reason}
          onChange={(event) => setReason(event.target.value)}
          data-testid="ask-due-reason"
        />
        <div className="row">
          <Button look="primary" type="submit" busy={busy} data-testid="ask-due-send">
            {t("askMoveSend")}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {ui("cancel")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** A move that was asked for: the initiator decides by one press, the asker may take it back. */
export function DueRequestCall({ task }: { task: Task }) {
  const { t } = useTranslation("tasks");
  const [busy, setBusy] = useState(false);
  const [refusing, setRefusing] = useState(false);
  const asked = task.due_request;
  if (!asked) return null;

  const run = async (change: () => Promise<Task>) => {
    setBusy(true);
    try {
      settle(TASKS, await change());
      setRefusing(false);
    } catch (error) {
      complain(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  const decide = (consents: boolean, text = "") =>
    run(() =>
      post<Task>(`tasks/${task.id}/due-request/decision/`, { request: asked.id, consents, text }),
    );
  const takeBack = () => run(() => request<Task>("DELETE", `tasks/${task.id}/due-request/`));
  const due = momentText(asked.due_at);
  return (
    <div className="call" role="status" data-testid="due-request">
      <Icon name="calendar-clock" />
      <div className="grow">
        <div>
          {asked.can_take_back
            ? t("askedMine", { due })
            : t("askedMove", { name: asked.asker.name, due })}
        </div>
        <div className="t2 f13">{asked.reason}</div>
      </div>
      {asked.can_decide && (
        <>
          <Button
            size="sm"
            look="primary"
            busy={busy}
            onClick={() => void decide(true)}
            data-testid="due-consent"
          >
            {t("consent")}
          </Button>
          <Button
            size="sm"
            disabled={busy}
            onClick={() => setRefusing(true)}
            data-testid="due-refuse"
          >
            {t("refuse")}
          </Button>
        </>
      )}
      {asked.can_take_back && (
        <Button size="sm" busy={busy} onClick={() => void takeBack()} data-testid="due-take-back">
          {t("takeBack")}
        </Button>
      )}
      {refusing && (
        <ReasonDialog
          action={{ code: "refuse", title: t("refuseTitle"), kind: "danger", needs_text: true }}
          busy={busy}
          onClose={() => setRefusing(false)}
          onSend={(text) => void decide(false, text)}
        />
      )}
    </div>
  );
}
