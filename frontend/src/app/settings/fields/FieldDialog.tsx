import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CardKindSettings, FieldSettings } from "../../../api/contract";
import { patch, post } from "../../../api/request";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { Field, TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { say } from "../../../ui/toast";
import { useSaving } from "../saving";
import { FieldPlaces } from "./FieldPlaces";
import { RightsPart } from "./RightsPart";
import { refreshFields } from "./settings";
import { TypePart } from "./TypePart";
import { type Draft, EMPTY, sentOf, settingsOf, TYPE_WORDS, TYPES } from "./types";
import "./words";

interface FieldDialogProps {
  kind: CardKindSettings;
  kinds: CardKindSettings[];
  fields: FieldSettings[];
  /** None: a new one. */
  field: FieldSettings | null;
  onClose: () => void;
}

interface Effect {
  keeps_values: boolean;
  cards_count: number;
}

/** Everything about one field: what is in it, where it stands, who sees it. */
export function FieldDialog({ kind, kinds, fields, field, onClose }: FieldDialogProps) {
  const { t } = useTranslation("fieldset");
  const { t: ui } = useTranslation("ui");
  const [draft, setDraft] = useState<Draft>(field ?? EMPTY);
  const [effect, setEffect] = useState<Effect | null>(null);
  const { busy, errors, run } = useSaving();
  const change = (next: Partial<Draft>) => {
    setDraft((now) => ({ ...now, ...next }));
    setEffect(null);
  };
  const done = async (said?: string) => {
    await refreshFields(kind.code);
    if (said) say(said);
    onClose();
  };
  const save = () =>
    run(async () => {
      const sent = sentOf(draft);
      if (!field) {
        await post("custom-fields/", { kind: kind.code, ...sent });
        return done();
      }
      const told = effect ?? (await foreseen(field, draft));
      setEffect(told);
      // Said once before it is done; what would be lost is not done at all.
      if (told && (!told.keeps_values || !effect) && told.cards_count > 0) return;
      await patch(`custom-fields/${field.id}/`, sent, { ifMatch: field.version });
      await done();
    });
  const archive = () =>
    run(async () => {
      await patch(`custom-fields/${field?.id}/`, { is_archived: true });
      await done(t("archivedNow"));
    });
  const loses = effect !== null && !effect.keeps_values && effect.cards_count > 0;
  const warned = effect?.keeps_values === true && effect.cards_count > 0;
  return (
    <Dialog title={field ? field.title : t("newTitle")} width={640} onClose={onClose}>
      <Form
        className="stack field-form"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <div className="two">
          <TextField
            label={t("title")}
            required
            maxLength={100}
            value={draft.title}
            error={errors.title}
            onChange={(event) => change({ title: event.target.value })}
            data-autofocus
            data-testid="field-title"
          />
          <Field label={t("type")} error={errors.type}>
            {(aria) => (
              <select
                {...aria}
                className="inp"
                value={draft.type}
                onChange={(event) => {
                  const type = event.target.value as Draft["type"];
                  change({ type, settings: settingsOf(type), default: null });
                }}
                data-testid="field-type"
              >
                {TYPES.map((one) => (
                  <option key={one} value={one}>
                    {t(TYPE_WORDS[one])}
                  </option>
                ))}
              </select>
            )}
          </Field>
        </div>
        <TypePart
          kind={kind}
          kinds={kinds}
          fields={fields}
          field={field}
          draft={draft}
          error={errors.settings}
          onChange={change}
        />
        <FieldPlaces kind={kind} draft={draft} errors={errors} onChange={change} />
        <RightsPart
          rights={draft.rights}
          readOnly={draft.type === "formula"}
          error={errors.rights}
          onChange={(rights) => change({ rights })}
        />
        {effect && effect.cards_count > 0 && (
          <p className="notice" role="alert" data-testid="field-effect">
            {t(loses ? "effectLoses" : "effectKeeps", { count: effect.cards_count })}
          </p>
        )}
        <div className="row">
          <Button
            look="primary"
            type="submit"
            busy={busy}
            disabled={loses}
            data-testid="field-save"
          >
            {warned ? t("saveAnyway") : ui("save")}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {ui("cancel")}
          </Button>
          <span className="grow" />
          {field && (
            <Button icon="trash-2" disabled={busy} onClick={() => void archive()}>
              {t("archive")}
            </Button>
          )}
        </div>
      </Form>
    </Dialog>
  );
}

/** What the change of the type or of its settings would do to cards; nothing when they stay. */
async function foreseen(field: FieldSettings, draft: Draft): Promise<Effect | null> {
  const same = JSON.stringify(draft.settings) === JSON.stringify(field.settings);
  if (draft.type === field.type && same) return null;
  if (draft.type === field.type && draft.type === "formula") return null;
  const { settings } = sentOf(draft) as { settings: object };
  return post<Effect>(`custom-fields/${field.id}/effect/`, { type: draft.type, settings });
}
