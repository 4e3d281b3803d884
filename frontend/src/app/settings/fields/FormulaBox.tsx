import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CardKindSettings, FieldSettings, FormulaTrial } from "../../../api/contract";
import { CardPicker } from "../../../core/fields/CardPicker";
import { valueText } from "../../../core/fields/values";
import { useSettled } from "../../../core/people/people";
import { IconButton } from "../../../ui/button";
import { TextAreaField } from "../../../ui/field";
import { useCardKinds, useTrial, useTrialCard } from "./settings";
import type { Draft } from "./types";
import "./words";

interface FormulaBoxProps {
  kind: CardKindSettings;
  fields: FieldSettings[];
  field: FieldSettings | null;
  draft: Draft;
  error: string | undefined;
  onChange: (formula: string) => void;
}

const UNREADABLE = new Set(["person", "card", "file"]);
const RESULTS = {
  number: "kindNumber",
  text: "kindText",
  flag: "kindFlag",
  day: "kindDay",
} as const;

/** A formula, checked while it is written and tried on a real card. */
export function FormulaBox({ kind, fields, field, draft, error, onChange }: FormulaBoxProps) {
  const { t } = useTranslation("fieldset");
  const box = useRef<HTMLTextAreaElement>(null);
  const { data: known } = useCardKinds();
  const text = draft.settings.formula ?? "";
  const settled = useSettled(text, 300);
  const newest = useTrialCard(kind);
  const [chosen, setChosen] = useState<{ id: number; title: string } | null>(null);
  const card = chosen ?? newest.data ?? null;
  const trial = useTrial(kind.code, settled, field?.id ?? null, card?.id ?? null);
  const offered = fields.filter(
    (one) => !one.is_archived && one.id !== field?.id && !UNREADABLE.has(one.type),
  );
  const insert = (piece: string, back = 0) => {
    const at = box.current?.selectionEnd ?? text.length;
    onChange(text.slice(0, at) + piece + text.slice(at));
    window.requestAnimationFrame(() => {
      box.current?.focus();
      box.current?.setSelectionRange(at + piece.length - back, at + piece.length - back);
    });
  };
  const said = settled === text ? trial.data : undefined;
  const piece = said ? pieceOf(said, text) : "";
  const wrong = piece ? `${said?.error}. ${t("formulaAt", { piece })}` : (said?.error ?? undefined);
  return (
    <div
      className="formula"
      ref={(holder) => {
        box.current = holder?.querySelector("textarea") ?? null;
      }}
    >
      <TextAreaField
        label={t("formula")}
        rows={3}
        spellCheck={false}
        placeholder={t("formulaExample")}
        hint={t("formulaHint")}
        error={wrong ?? error}
        value={text}
        onChange={(event) => onChange(event.target.value)}
        data-testid="field-formula"
      />
      {said?.result && !said.error && (
        <p className="f13 row formula-said" role="status" data-testid="formula-result">
          <span>{t("formulaGives", { kind: t(RESULTS[said.result]) })}</span>
          {card && (
            <span>
              {t("formulaOn", {
                title: card.title,
                value: resultText(said, draft) || t("formulaEmpty"),
              })}
            </span>
          )}
          <CardChoice kind={kind} onPick={setChosen} />
        </p>
      )}
      <div className="row formula-pieces">
        {offered.map((one) => (
          <button
            key={one.id}
            type="button"
            className="chip"
            onClick={() => insert(`[${one.title}]`)}
          >
            {one.title}
          </button>
        ))}
      </div>
      <details>
        <summary className="f12 t3">{t("functions")}</summary>
        <div className="row formula-pieces">
          {known?.functions.map((one) => (
            <button
              key={one.name}
              type="button"
              className="chip"
              title={one.hint}
              onClick={() => insert(`${one.name}()`, 1)}
            >
              {one.name}
            </button>
          ))}
        </div>
      </details>
    </div>
  );
}

/** Another card to try the formula on. */
function CardChoice({
  kind,
  onPick,
}: {
  kind: CardKindSettings;
  onPick: (card: { id: number; title: string }) => void;
}) {
  const { t } = useTranslation("fieldset");
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLSpanElement>(null);
  return (
    <span ref={anchor}>
      <IconButton icon="search" small label={t("formulaPick")} onClick={() => setOpen(!open)} />
      {open && (
        <CardPicker
          anchor={anchor.current}
          label={t("formulaPick")}
          own=""
          kinds={[kind.code]}
          onClose={() => setOpen(false)}
          onPick={(found) => {
            setOpen(false);
            onPick({ id: Number(found.key.split("/")[1]), title: found.title });
          }}
        />
      )}
    </span>
  );
}

/** The piece of the text where the error is. */
const pieceOf = ({ at }: FormulaTrial, text: string): string =>
  at === null || at === 0 ? "" : text.slice(at, at + 12).trim();

const resultText = (said: FormulaTrial, draft: Draft): string =>
  valueText({
    type: "formula",
    settings: { ...draft.settings, result: said.result ?? "text" },
    value: said.value,
  });
