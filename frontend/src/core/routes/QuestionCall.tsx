import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Person } from "../../api/contract";
import { reasonOf } from "../../api/problem";
import type { Question } from "../../api/routes";
import { Button } from "../../ui/button";
import { TextAreaField } from "../../ui/field";
import { Form } from "../../ui/form";
import { say } from "../../ui/toast";
import type { CardKind } from "../entities/kind";
import { answerQuestion, settleStrip } from "./route";
import "./routes.css";
import "./words";

interface QuestionCallProps {
  kind: CardKind;
  id: number;
  question: Question;
  asker: Person | null;
}

/** A colleague who is to decide asks the reader first. */
export function QuestionCall({ kind, id, question, asker }: QuestionCallProps) {
  const { t } = useTranslation("routes");
  const [text, setText] = useState("");
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const send = async () => {
    if (!text.trim()) return setError(t("answerNeeded"));
    setBusy(true);
    try {
      settleStrip(kind, id, await answerQuestion(question.id, text.trim()));
      say(t("answerSent"));
    } catch (problem) {
      setError(reasonOf(problem));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Form
      className="route-decide"
      aria-label={t("questionTo", { name: asker?.name ?? "—" })}
      onSubmit={() => void send()}
      data-testid="route-question"
    >
      <p className="route-ask">{t("questionTo", { name: asker?.name ?? "—" })}</p>
      <p className="route-text">{question.text}</p>
      <TextAreaField
        label={t("answer")}
        rows={2}
        maxLength={5000}
        error={error}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setError(undefined);
        }}
        data-testid="route-answer"
      />
      <div className="row">
        <Button look="primary" type="submit" busy={busy} data-testid="route-answer-send">
          {t("answerSend")}
        </Button>
      </div>
    </Form>
  );
}
