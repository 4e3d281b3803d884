import { useTranslation } from "react-i18next";
import type { CardKindSettings, FieldSettings } from "../../../api/contract";
import { Field, TextField } from "../../../ui/field";
import { Check } from "./Check";
import { FormulaBox } from "./FormulaBox";
import { OptionsEditor } from "./OptionsEditor";
import { CURRENCIES, type Draft } from "./types";
import "./words";

interface TypePartProps {
  kind: CardKindSettings;
  kinds: CardKindSettings[];
  fields: FieldSettings[];
  field: FieldSettings | null;
  draft: Draft;
  error: string | undefined;
  onChange: (next: Partial<Draft>) => void;
}

/** What a field of the chosen type is set up with. */
export function TypePart(props: TypePartProps) {
  const { t } = useTranslation("fieldset");
  const { draft, error, onChange } = props;
  const { type, settings } = draft;
  const put = (next: Draft["settings"]) => onChange({ settings: { ...settings, ...next } });
  return (
    <>
      {type === "text" && (
        <Check
          on={settings.multiline ?? false}
          label={t("multiline")}
          onChange={(multiline) => put({ multiline })}
        />
      )}
      {type === "formula" && (
        <FormulaBox {...props} error={error} onChange={(formula) => put({ formula })} />
      )}
      {(type === "number" || type === "formula") && (
        <div className="three">
          <TextField
            label={t("unit")}
            placeholder={t("unitExample")}
            maxLength={20}
            value={settings.unit ?? ""}
            onChange={(event) => put({ unit: event.target.value })}
          />
          <Field label={t("precision")}>
            {(aria) => (
              <select
                {...aria}
                className="inp"
                value={settings.precision ?? 2}
                onChange={(event) => put({ precision: Number(event.target.value) })}
              >
                {[0, 1, 2, 3, 4, 5, 6].map((one) => (
                  <option key={one}>{one}</option>
                ))}
              </select>
            )}
          </Field>
          {type === "formula" && (
            <Currency draft={draft} none onChange={(currency) => put({ currency })} />
          )}
        </div>
      )}
      {type === "money" && <Currency draft={draft} onChange={(currency) => put({ currency })} />}
      {type === "list" && (
        <>
          <OptionsEditor
            options={settings.options ?? []}
            error={error}
            onChange={(options) => put({ options })}
          />
          <Check on={settings.many ?? false} label={t("many")} onChange={(many) => put({ many })} />
        </>
      )}
      {type === "card" && (
        <fieldset className="field-set">
          <legend className="lbl">{t("cardKinds")}</legend>
          {props.kinds.map((one) => (
            <Check
              key={one.code}
              on={settings.kinds?.includes(one.code) ?? false}
              label={one.title}
              onChange={(on) => {
                const others = (settings.kinds ?? []).filter((code) => code !== one.code);
                put({ kinds: on ? [...others, one.code] : others });
              }}
            />
          ))}
          {error && <p className="fld-msg err">{error}</p>}
        </fieldset>
      )}
    </>
  );
}

interface CurrencyProps {
  draft: Draft;
  none?: boolean;
  onChange: (currency: string) => void;
}

function Currency({ draft, none, onChange }: CurrencyProps) {
  const { t } = useTranslation("fieldset");
  return (
    <Field label={t("currency")}>
      {(aria) => (
        <select
          {...aria}
          className="inp"
          value={draft.settings.currency ?? ""}
          onChange={(event) => onChange(event.target.value)}
        >
          {none && <option value="">{t("currencyNone")}</option>}
          {CURRENCIES.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      )}
    </Field>
  );
}
