import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Appeal, Help } from "../../api/help";
import { post } from "../../api/request";
import { uuid } from "../../api/uuid";
import { Button } from "../../ui/button";
import { TextAreaField } from "../../ui/field";
import { Form } from "../../ui/form";
import { createStore, useStore } from "../../ui/store";
import { say } from "../../ui/toast";
import { useSaving } from "../settings/saving";
import { ContextPart } from "./ContextPart";
import { contextOf, letterTo, linesOf, partsOfPage } from "./context";
import { FilesPart } from "./FilesPart";
import { refresh } from "./help";
import { useSending } from "./sending";
import "./words";

/** What was begun is kept when the panel is closed: one may want to look at the page once more. */
const begun = createStore("");

interface WriteFormProps {
  help: Help;
  onDone: () => void;
}

/** What has happened, files, and what of the page goes along. */
export function WriteForm({ help, onDone }: WriteFormProps) {
  const { t } = useTranslation("help");
  const navigate = useNavigate();
  const text = useStore(begun);
  // The page as it is when one begins to write, and the name by which a repetition is known.
  const [parts] = useState(() => partsOfPage(help.build));
  const [key] = useState(uuid);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const files = useSending(help.most_files);
  const { busy, errors, run } = useSaving();
  const submit = () =>
    run(async () => {
      const body = { key, text, files: files.ids, context: contextOf(parts, left) };
      const made = await post<Appeal>("help/appeals/", body);
      begun.set("");
      say(t("sent"));
      onDone();
      await refresh();
      await navigate({ to: `/help/${made.id}` } as never);
    });
  return (
    <Form className="stack help-write" onSubmit={() => void submit()}>
      <TextAreaField
        label={t("what")}
        hint={t("whatHint")}
        required
        rows={5}
        maxLength={5000}
        value={text}
        onChange={({ target }) => begun.set(target.value)}
        error={errors.text}
        data-testid="help-text"
      />
      {errors.files && (
        <p className="fld-msg err" role="alert">
          {errors.files}
        </p>
      )}
      <FilesPart files={files} most={help.most_files} largest={help.largest_file} />
      <ContextPart parts={parts} left={left} onChange={setLeft} />
      <div className="row">
        <Button
          look="primary"
          type="submit"
          icon="send"
          busy={busy}
          disabled={files.underway}
          data-testid="help-send"
        >
          {t("send")}
        </Button>
      </div>
    </Form>
  );
}

/** Where nobody answers in the product: a letter in one's own mail program, with the same context. */
export function LetterPart({ help }: { help: Help }) {
  const { t } = useTranslation("help");
  const [parts] = useState(() => partsOfPage(help.build));
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const body = `\n\n${linesOf(parts, left)}`;
  return (
    <div className="stack help-write">
      <ContextPart parts={parts} left={left} onChange={setLeft} />
      <div className="stack">
        <a
          className="btn primary md"
          href={letterTo(help.email, t("mailSubject"), body)}
          data-testid="help-mail"
        >
          {t("mail")}
        </a>
        <span className="hint">{t("mailText")}</span>
      </div>
    </div>
  );
}
