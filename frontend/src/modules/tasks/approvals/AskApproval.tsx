import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Person } from "../../../api/contract";
import { ApiProblem, sentenceOf } from "../../../api/problem";
import { post } from "../../../api/request";
import { PersonInput } from "../../../core/people/PersonInput";
import { useMe } from "../../../core/session/session";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { Form } from "../../../ui/form";
import { say } from "../../../ui/toast";
import { refreshDrafts } from "./approvals";
import "./words";

interface AskProps {
  tasks: number[];
  onClose: () => void;
  onSent?: () => void;
}

/** Who is to approve one draft, or all that are chosen. */
export function AskApproval({ tasks, onClose, onSent }: AskProps) {
  const { t } = useTranslation("approvals");
  const { t: ui } = useTranslation("ui");
  const me = useMe();
  const [approver, setApprover] = useState<Person | null>(null);
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);
  const send = async () => {
    if (!approver) return setError(t("needApprover"));
    setBusy(true);
    try {
      await post("tasks/approval/", { tasks, approver: approver.id });
      await refreshDrafts();
      say(t("sent"), { icon: "check" });
      onClose();
      onSent?.();
    } catch (problem) {
      const named = problem instanceof ApiProblem ? Object.values(problem.fields)[0] : undefined;
      setError(named ?? sentenceOf(problem));
      setBusy(false);
    }
  };
  return (
    <Dialog title={t("askTitle", { count: tasks.length })} width={460} onClose={onClose}>
      <Form className="stack" onSubmit={() => void send()}>
        <p className="t2">
          {t("askText")} {tasks.length > 1 && t("askTogether")}
        </p>
        <div>
          <span className="lbl">{t("approver")}</span>
          <PersonInput
            label={t("approver")}
            value={approver}
            without={me.id}
            onPick={(person) => {
              setApprover(person);
              setError("");
            }}
            data-testid="approver"
          />
          {error && (
            <div className="fld-msg err" role="alert">
              {error}
            </div>
          )}
        </div>
        <div className="row">
          <Button look="primary" type="submit" busy={busy} data-testid="approval-send">
            {t("send")}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {ui("cancel")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
