import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { DocumentRules, DocumentTemplate } from "../../../api/documents";
import { patch, post } from "../../../api/request";
import { cache } from "../../../core/session/cache";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { Field, TextAreaField, TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { TEMPLATES } from "../reads";
import { putPlace, unknownIn } from "./places";
import { useSaving } from "./saving";
import "./words";

interface TemplateDialogProps {
  /** Null for a new one. */
  template: DocumentTemplate | null;
  types: DocumentRules[];
  /** What may stand in a place. */
  names: string[];
  onClose: () => void;
}

/** Words with places in them; a press puts a place where the caret stands. */
export function TemplateDialog({ template, types, names, onClose }: TemplateDialogProps) {
  const { t } = useTranslation("documents_setup");
  const { t: ui } = useTranslation("ui");
  const [title, setTitle] = useState(template?.title ?? "");
  const [type, setType] = useState(template?.card_type ?? types[1]?.code ?? "");
  const [subject, setSubject] = useState(template?.subject ?? "");
  const [content, setContent] = useState(template?.content ?? "");
  const { busy, errors, run } = useSaving();
  const form = useRef<HTMLDivElement>(null);
  const unknown = unknownIn(`${subject} ${content}`, names);

  const save = async (given: object) => {
    const done = await run(async () => {
      if (template) {
        await patch(`document-templates/${template.id}/`, given, { ifMatch: template.version });
      } else await post("document-templates/", given);
      await cache.invalidateQueries({ queryKey: TEMPLATES });
    });
    if (done) onClose();
  };
  /** Into the words that were written last: the title, or the text. */
  const last = useRef<"subject" | "content">("content");
  const put = (name: string) => {
    const field = last.current;
    const box = form.current?.querySelector<HTMLInputElement | HTMLTextAreaElement>(
      `[data-place="${field}"]`,
    );
    const text = field === "subject" ? subject : content;
    const at = box ? [box.selectionStart, box.selectionEnd] : [];
    const next = putPlace(text, name, at[0] ?? text.length, at[1] ?? text.length);
    (field === "subject" ? setSubject : setContent)(next.text);
    window.requestAnimationFrame(() => {
      box?.focus();
      box?.setSelectionRange(next.caret, next.caret);
    });
  };

  return (
    <Dialog title={t(template ? "templateEdit" : "templateAdd")} width={680} onClose={onClose}>
      <Form
        className="stack"
        onSubmit={() => void save({ title: title.trim(), card_type: type, subject, content })}
      >
        <div className="doc-two">
          <TextField
            label={t("template")}
            required
            maxLength={200}
            value={title}
            error={errors.title ?? errors[""]}
            onChange={(event) => setTitle(event.target.value)}
            data-autofocus
            data-testid="template-title"
          />
          <Field label={t("type")} error={errors.card_type}>
            {(aria) => (
              <select
                {...aria}
                className="inp"
                value={type}
                onChange={(event) => setType(event.target.value)}
                data-testid="template-type"
              >
                {types.map((one) => (
                  <option key={one.code} value={one.code}>
                    {one.title}
                  </option>
                ))}
              </select>
            )}
          </Field>
        </div>
        <div ref={form} className="stack">
          <TextField
            label={t("subject")}
            required
            maxLength={500}
            value={subject}
            error={errors.subject}
            onChange={(event) => setSubject(event.target.value)}
            onFocus={() => {
              last.current = "subject";
            }}
            data-place="subject"
            data-testid="template-subject"
          />
          <TextAreaField
            label={t("content")}
            rows={9}
            value={content}
            error={errors.content}
            onChange={(event) => setContent(event.target.value)}
            onFocus={() => {
              last.current = "content";
            }}
            data-place="content"
            data-testid="template-content"
          />
        </div>
        <div>
          <span className="lbl">{t("places")}</span>
          <div className="doc-chips">
            {names
              .toSorted((a, b) => a.localeCompare(b, "ru"))
              .map((name) => (
                <button key={name} type="button" className="chip" onClick={() => put(name)}>
                  {name}
                </button>
              ))}
          </div>
          {unknown.length > 0 && (
            <div className="fld-msg err" role="alert" data-testid="template-unknown">
              {t("unknown", { names: unknown.join(", ") })}
            </div>
          )}
        </div>
        <div className="row">
          <Button look="primary" type="submit" busy={busy} data-testid="template-save">
            {ui("save")}
          </Button>
          {template && (
            <Button
              look="quiet"
              disabled={busy}
              onClick={() => void save({ is_archived: !template.is_archived })}
            >
              {t(template.is_archived ? "bringBack" : "putAway")}
            </Button>
          )}
          <Button look="quiet" onClick={onClose}>
            {ui("cancel")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
