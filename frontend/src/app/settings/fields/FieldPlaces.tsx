import { useTranslation } from "react-i18next";
import type { CardKindSettings } from "../../../api/contract";
import { readAmount } from "../../../core/fields/values";
import { TextField } from "../../../ui/field";
import { Check } from "./Check";
import type { Draft } from "./types";
import "./words";

interface FieldPlacesProps {
  kind: CardKindSettings;
  draft: Draft;
  errors: Record<string, string>;
  onChange: (next: Partial<Draft>) => void;
}

const toggled = (codes: string[], code: string, on: boolean): string[] =>
  on ? [...codes, code] : codes.filter((one) => one !== code);

/** Where a field stands, what it begins with, and when it must be filled. */
export function FieldPlaces({ kind, draft, errors, onChange }: FieldPlacesProps) {
  const { t } = useTranslation("fieldset");
  const types = kind.types.filter((one) => !one.is_archived);
  const has = (code: string) => draft.card_types.length === 0 || draft.card_types.includes(code);
  const choose = (code: string, on: boolean) => {
    const now = types.map((one) => one.code).filter(has);
    const next = toggled(now, code, on);
    if (next.length > 0) onChange({ card_types: next.length === types.length ? [] : next });
  };
  const isPlain = draft.type === "text" || draft.type === "number" || draft.type === "money";
  const isAmount = draft.type !== "text";
  return (
    <>
      <div className="two">
        <TextField
          label={t("group")}
          hint={t("groupHint")}
          maxLength={100}
          value={draft.group}
          error={errors.group}
          onChange={(event) => onChange({ group: event.target.value })}
          data-testid="field-group"
        />
        <TextField
          label={t("hint")}
          maxLength={300}
          value={draft.hint}
          error={errors.hint}
          onChange={(event) => onChange({ hint: event.target.value })}
        />
      </div>
      {isPlain && (
        <TextField
          label={t("byDefault")}
          value={String(draft.default ?? "")}
          error={errors.default}
          inputMode={isAmount ? "decimal" : "text"}
          onChange={(event) => {
            const typed = event.target.value;
            onChange({
              default: isAmount ? (readAmount(typed) ?? (typed || null)) : typed || null,
            });
          }}
        />
      )}
      {types.length > 1 && (
        <fieldset className="field-set">
          <legend className="lbl">{t("of")}</legend>
          <div className="row field-checks">
            {types.map((one) => (
              <Check
                key={one.code}
                on={has(one.code)}
                label={one.title}
                onChange={(on) => choose(one.code, on)}
              />
            ))}
          </div>
        </fieldset>
      )}
      {draft.type !== "formula" && (
        <fieldset className="field-set">
          <legend className="lbl">{t("required")}</legend>
          <div className="row field-checks">
            {kind.statuses.map((one) => (
              <Check
                key={one.code}
                on={draft.required_at.includes(one.code)}
                label={one.title}
                testId={`required-${one.code}`}
                onChange={(on) =>
                  onChange({ required_at: toggled(draft.required_at, one.code, on) })
                }
              />
            ))}
          </div>
        </fieldset>
      )}
      <Check
        on={draft.is_filterable}
        label={t("filterable")}
        testId="field-filterable"
        onChange={(is_filterable) => onChange({ is_filterable })}
      />
      {errors.is_filterable && <p className="fld-msg err">{errors.is_filterable}</p>}
      <Check
        on={draft.is_recorded}
        label={t("recorded")}
        testId="field-recorded"
        onChange={(is_recorded) => onChange({ is_recorded })}
      />
    </>
  );
}
