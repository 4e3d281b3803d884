import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiProblem, sentenceOf } from "../../../api/problem";
import { DueInput } from "../../../core/forms/DueInput";
import { parseDue, typedDue } from "../../../core/forms/due";
import { PersonInput } from "../../../core/people/PersonInput";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { Form } from "../../../ui/form";
import { say } from "../../../ui/toast";
import type { Line } from "./line";
import { giveLine } from "./lines";
import "./words";

interface GiveDialogProps {
  card: number;
  line: Line;
  onClose: () => void;
}

/** «Сделать поручением»: whom an idea or a decision is given to, and until when. */
export function GiveDialog({ card, line, onClose }: GiveDialogProps) {
  const { t } = useTranslation("documents_minutes");
  const { t: ui } = useTranslation("ui");
  const [person, setPerson] = useState(line.assignee);
  const [due, setDue] = useState(line.due_at ? typedDue(new Date(line.due_at)) : "");
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);
  const give = async () => {
    const at = parseDue(due);
    if (!person) return setError(t("needPerson"));
    if (due.trim() && !at) return setError(t("wrongDue"));
    setBusy(true);
    try {
      await giveLine(card, line, { assignee: person.id, due_at: at?.toISOString() ?? null });
      say(t("given"));
      onClose();
    } catch (problem) {
      const told = problem instanceof ApiProblem ? Object.values(problem.fields)[0] : undefined;
      setError(told ?? sentenceOf(problem));
      setBusy(false);
    }
  };
  return (
    <Dialog title={t("giveTitle")} width={460} onClose={onClose}>
      <Form className="stack" onSubmit={() => void give()}>
        <p className="min-said">{line.text}</p>
        <div>
          <span className="lbl">{t("who")}</span>
          <PersonInput
            label={t("who")}
            value={person}
            onPick={(next) => {
              setPerson(next);
              setError("");
            }}
            data-testid="give-who"
          />
        </div>
        <div>
          <span className="lbl">{t("when")}</span>
          <DueInput label={t("when")} text={due} onChange={setDue} data-testid="give-when" />
        </div>
        {error && (
          <div className="fld-msg err" role="alert">
            {error}
          </div>
        )}
        <div className="row">
          <Button look="primary" type="submit" busy={busy} data-testid="give-submit">
            {t("give")}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {ui("cancel")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
