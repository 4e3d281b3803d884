import { useTranslation } from "react-i18next";
import type { ShownField } from "../../../api/contract";
import type { DocumentRules, DocumentTemplate } from "../../../api/documents";
import { NewFields } from "../../../core/fields/NewFields";
import { DayInput } from "../../../core/forms/DayInput";
import { PersonInput } from "../../../core/people/PersonInput";
import { Field, TextAreaField, TextField } from "../../../ui/field";
import { askedOf, type Draft, type FieldCode, type MayFill } from "./draft";
import "./words";

interface DocumentFormProps {
  type: DocumentRules;
  templates: DocumentTemplate[];
  draft: Draft;
  errors: Record<string, string>;
  /** The company's own, and what is said of them. */
  own: ShownField[];
  ownErrors: Record<string, string>;
  fills: MayFill;
  onChange: (change: Partial<Draft>) => void;
}

/** What is asked of a new document of this sort: what all of its direction have, then what the company has added. */
export function DocumentForm({
  type,
  templates,
  draft,
  errors,
  onChange,
  fills,
  ...more
}: DocumentFormProps) {
  const { t } = useTranslation("documents_new");
  const template = templates.find((one) => one.id === draft.template);
  return (
    <>
      {templates.length > 0 && (
        <Field label={t("template")} error={errors.template}>
          {(aria) => (
            <select
              {...aria}
              className="inp"
              value={draft.template ?? ""}
              onChange={(event) => onChange({ template: Number(event.target.value) || null })}
              data-testid="new-template"
            >
              <option value="">{t("noTemplate")}</option>
              {templates.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.title}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      <TextField
        label={t("title")}
        placeholder={template ? template.subject : t("titleHint")}
        hint={template ? t("titleOfTemplate") : undefined}
        maxLength={500}
        value={draft.title}
        error={errors.title ?? errors.card_type ?? errors[""]}
        onChange={(event) => onChange({ title: event.target.value })}
        data-autofocus
        data-testid="new-title"
      />
      <div className="doc-two">
        {askedOf(type.direction, fills).map((code) => (
          <Asked key={code} code={code} draft={draft} error={errors[code]} onChange={onChange} />
        ))}
      </div>
      <NewFields
        fields={more.own}
        values={draft.fields}
        errors={more.ownErrors}
        onChange={(fields) => onChange({ fields })}
      />
      {fills("content") && (
        <TextAreaField
          label={t("content")}
          rows={5}
          placeholder={template ? t("contentOfTemplate") : undefined}
          value={draft.content}
          error={errors.content}
          onChange={(event) => onChange({ content: event.target.value })}
          data-testid="new-content"
        />
      )}
    </>
  );
}

interface AskedProps {
  code: FieldCode;
  draft: Draft;
  error: string | undefined;
  onChange: (change: Partial<Draft>) => void;
}

/** One of the fields that are asked. */
function Asked({ code, draft, error, onChange }: AskedProps) {
  const { t } = useTranslation("documents_new");
  const label = t(code);
  if (code === "addressee" || code === "signatory") {
    return (
      <div>
        <span className="lbl">{label}</span>
        <PersonInput
          label={label}
          value={draft[code]}
          onPick={(person) => onChange({ [code]: person })}
          data-testid={`new-${code}`}
        />
        {error && (
          <div className="fld-msg err" role="alert">
            {error}
          </div>
        )}
      </div>
    );
  }
  if (code === "outer_date" || code === "valid_from" || code === "valid_until") {
    return (
      <DayInput
        label={label}
        value={draft[code]}
        past={code === "outer_date"}
        error={error}
        onChange={(day) => onChange({ [code]: day })}
        data-testid={`new-${code}`}
      />
    );
  }
  return (
    <TextField
      label={label}
      inputMode={code === "amount" ? "decimal" : "text"}
      maxLength={code === "correspondent" ? 300 : 60}
      value={draft[code]}
      error={error}
      onChange={(event) => onChange({ [code]: event.target.value })}
      data-testid={`new-${code}`}
    />
  );
}
