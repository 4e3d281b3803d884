import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { RoutedKind } from "../../../api/routes";
import { useSettled } from "../../../core/people/people";
import { TextAreaField } from "../../../ui/field";
import { useCondition } from "./settings";
import "./routeset.css";
import "./words";

interface ConditionBoxProps {
  kind: RoutedKind;
  label: string;
  hint: string;
  value: string;
  error?: string | undefined;
  onChange: (condition: string) => void;
  testId: string;
}

const SHOWN = 14;

/** A condition over the fields of a card, checked by the server while it is written. */
export function ConditionBox(props: ConditionBoxProps) {
  const { kind, label, hint, value, error, onChange, testId } = props;
  const { t } = useTranslation("routeset");
  const holder = useRef<HTMLDivElement>(null);
  const settled = useSettled(value, 300);
  const told = useCondition(kind.kind, settled);
  const said = settled === value && value.trim() ? told.data : undefined;
  const piece = said?.at ? value.slice(said.at, said.at + SHOWN).trim() : "";
  const wrong = said?.error
    ? [said.error, piece && t("conditionAt", { piece })].filter(Boolean).join(". ")
    : undefined;
  const insert = (title: string) => {
    const box = holder.current?.querySelector("textarea");
    const at = box?.selectionEnd ?? value.length;
    const put = `[${title}]`;
    onChange(value.slice(0, at) + put + value.slice(at));
    window.requestAnimationFrame(() => {
      box?.focus();
      box?.setSelectionRange(at + put.length, at + put.length);
    });
  };
  return (
    <div ref={holder} className="routeset-condition">
      <TextAreaField
        label={label}
        rows={2}
        maxLength={1000}
        spellCheck={false}
        placeholder={t("conditionExample")}
        hint={said && !said.error ? t("conditionOk") : hint}
        error={wrong ?? error}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        data-testid={testId}
      />
      {kind.values.length > 0 && (
        <fieldset className="routeset-values">
          <legend className="vh">{t("values")}</legend>
          {kind.values.map((one) => (
            <button
              key={one.title}
              type="button"
              className="chip"
              onClick={() => insert(one.title)}
            >
              {one.title}
            </button>
          ))}
        </fieldset>
      )}
    </div>
  );
}
