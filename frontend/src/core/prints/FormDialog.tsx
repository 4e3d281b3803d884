import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiProblem, sentenceOf } from "../../api/problem";
import { post } from "../../api/request";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Field, TextField } from "../../ui/field";
import { Form } from "../../ui/form";
import { say } from "../../ui/toast";
import type { CardKind } from "../entities/kind";
import { cache } from "../session/cache";
import { base64Of, FORMS, useFormNames } from "./forms";
import "./prints.css";
import "./words";

interface FormDialogProps {
  kind: CardKind;
  types: { code: string; title: string }[];
  onClose: () => void;
}

/** A file, what it is called and for which type; beside it what may stand in its places. */
export function FormDialog({ kind, types, onClose }: FormDialogProps) {
  const { t } = useTranslation("prints");
  const { t: ui } = useTranslation("ui");
  const names = useFormNames(kind).data;
  const [file, setFile] = useState<File | null>(null);
  const [title, setTitle] = useState("");
  const [type, setType] = useState("");
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const input = useRef<HTMLInputElement>(null);

  const send = async () => {
    if (!file) return setErrors({ content: t("needFile") });
    setBusy(true);
    setErrors({});
    try {
      const content = await base64Of(file);
      const body = { kind: kind.code, card_type: type, title, file_name: file.name, content };
      await post("print-templates/", body);
      await cache.invalidateQueries({ queryKey: FORMS });
      say(t("added", { title }));
      onClose();
    } catch (problem) {
      const fields = problem instanceof ApiProblem ? problem.fields : {};
      setErrors(Object.keys(fields).length > 0 ? fields : { content: sentenceOf(problem) });
      setBusy(false);
    }
  };

  return (
    <Dialog title={t("add")} width={620} onClose={onClose}>
      <Form className="stack" onSubmit={() => void send()}>
        <Field label={t("file")} error={errors.content ?? errors.file_name ?? errors[""]}>
          {(aria) => (
            <button
              {...aria}
              type="button"
              className="print-file"
              onClick={() => input.current?.click()}
            >
              {file?.name ?? t("chooseFile")}
            </button>
          )}
        </Field>
        <input
          ref={input}
          type="file"
          accept=".docx,.xlsx,.html,.htm"
          className="vh"
          tabIndex={-1}
          aria-label={t("file")}
          onChange={(event) => {
            const chosen = event.target.files?.[0] ?? null;
            setFile(chosen);
            setErrors({});
            if (chosen && !title) setTitle(chosen.name.replace(/\.[^.]+$/, ""));
          }}
          data-testid="form-file"
        />
        <TextField
          label={t("form")}
          required
          maxLength={200}
          value={title}
          error={errors.title}
          onChange={(event) => setTitle(event.target.value)}
          data-testid="form-title"
        />
        <Field label={t("type")} error={errors.card_type}>
          {(aria) => (
            <select
              {...aria}
              className="inp"
              value={type}
              onChange={(event) => setType(event.target.value)}
            >
              <option value="">{t("anyType")}</option>
              {types
                .filter((one) => one.code)
                .map((one) => (
                  <option key={one.code} value={one.code}>
                    {one.title}
                  </option>
                ))}
            </select>
          )}
        </Field>
        {names && (
          <details className="print-names">
            <summary>{t("names")}</summary>
            <dl>
              {names.results.map((one) => (
                <div key={one.name}>
                  <dt>{`{{ ${one.name} }}`}</dt>
                  <dd className="t3">{one.example || one.sort_title}</dd>
                </div>
              ))}
            </dl>
            <p className="lbl">{t("filters")}</p>
            <dl>
              {names.filters.map((one) => (
                <div key={one.name}>
                  <dt>{`| ${one.name}`}</dt>
                  <dd className="t3">{one.hint}</dd>
                </div>
              ))}
            </dl>
          </details>
        )}
        <div className="row">
          <Button look="primary" type="submit" busy={busy} data-testid="form-submit">
            {t("add")}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {ui("cancel")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
