import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AppealCard } from "../../../api/help";
import { post } from "../../../api/request";
import { uuid } from "../../../api/uuid";
import { Button } from "../../../ui/button";
import { TextAreaField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { Segmented } from "../../../ui/marks";
import { say } from "../../../ui/toast";
import { useSaving } from "../../settings/saving";
import "../console.css";
import { refresh } from "../data";
import "./words";

/** An answer to the company, or a note between operators: which it is, is said before it is written. */
export function Writing({ card }: { card: AppealCard }) {
  const { t } = useTranslation("appeals");
  const [kind, setKind] = useState<"answer" | "note">("answer");
  const [text, setText] = useState("");
  const [waits, setWaits] = useState(false);
  const [key, setKey] = useState(uuid);
  const { busy, errors, run } = useSaving();
  const submit = () =>
    run(async () => {
      const body = kind === "answer" ? { key, text, waits } : { key, text };
      await post(`appeals/${card.id}/${kind}/`, body);
      setText("");
      setKey(uuid());
      say(t("saved"));
      await refresh();
    });
  return (
    <Form className="stack con-sec con-write" onSubmit={() => void submit()}>
      <Segmented
        label={t("kind")}
        value={kind}
        options={[
          { value: "answer", title: t("answer") },
          { value: "note", title: t("note") },
        ]}
        onChange={setKind}
      />
      <TextAreaField
        label={t(kind)}
        hint={t(kind === "answer" ? "answerHint" : "noteHint")}
        required
        rows={4}
        maxLength={5000}
        value={text}
        onChange={({ target }) => setText(target.value)}
        error={errors.text}
        data-testid="appeal-text"
      />
      <div className="con-acts">
        <Button look="primary" type="submit" icon="send" busy={busy} data-testid="appeal-send">
          {t("send")}
        </Button>
        {kind === "answer" && (
          <label className="con-tick">
            <input
              type="checkbox"
              className="cb"
              checked={waits}
              onChange={({ target }) => setWaits(target.checked)}
            />
            {t("waits")}
          </label>
        )}
      </div>
    </Form>
  );
}
