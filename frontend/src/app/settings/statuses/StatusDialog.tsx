import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { StatusScheme, StatusSettings } from "../../../api/statuses";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { Field, TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { say } from "../../../ui/toast";
import { Check } from "../fields/Check";
import { useSaving } from "../saving";
import { CarryPart } from "./CarryPart";
import { addStatus, alterStatus, COLOURS, type Colour, livingOf, refresh } from "./scheme";
import "./words";

interface StatusDialogProps {
  scheme: StatusScheme;
  /** Null for a new one. */
  status: StatusSettings | null;
  onClose: () => void;
}

/** One status: its name, colour and base, and putting it away. */
export function StatusDialog({ scheme, status, onClose }: StatusDialogProps) {
  const { t } = useTranslation("statusset");
  const { t: ui } = useTranslation("ui");
  const [title, setTitle] = useState(status?.title ?? "");
  const [color, setColor] = useState<Colour>((status?.color ?? "") as Colour);
  const [base, setBase] = useState(status?.base ?? scheme.usual);
  const [isDefault, setDefault] = useState(status?.is_default ?? false);
  const { busy, errors, run } = useSaving();
  const known = scheme.bases.some((one) => one.code === base) ? base : scheme.bases[0]?.code;
  const isOnly =
    status !== null && livingOf(scheme).filter((one) => one.base === status.base).length < 2;

  const finish = async (work: () => Promise<unknown>, told?: string) => {
    if (!(await run(work))) return;
    await refresh(scheme.kind, scheme.card_type);
    if (told) say(told);
    onClose();
  };
  const save = () =>
    finish(async () => {
      const given = { title: title.trim(), color };
      if (status) return alterStatus(status.id, isDefault ? { ...given, is_default: true } : given);
      const made = await addStatus(scheme.kind, scheme.card_type, { ...given, base: known });
      return isDefault ? alterStatus(made.id, { is_default: true }) : made;
    });
  const away = () =>
    status &&
    void finish(
      () => alterStatus(status.id, { is_archived: true }),
      t("awayNow", { title: status.title }),
    );

  return (
    <Dialog
      title={status ? t("edit", { title: status.title }) : t("newTitle")}
      width={480}
      onClose={onClose}
    >
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextField
          label={t("name")}
          placeholder={t("nameExample")}
          required
          maxLength={60}
          value={title}
          error={errors.title}
          onChange={(event) => setTitle(event.target.value)}
          data-autofocus
          data-testid="status-title"
        />
        <Field label={t("color")} error={errors.color}>
          {(aria) => (
            <select
              {...aria}
              className="inp"
              value={color}
              onChange={(event) => setColor(event.target.value as Colour)}
              data-testid="status-color"
            >
              {(Object.keys(COLOURS) as Colour[]).map((one) => (
                <option key={one} value={one}>
                  {t(COLOURS[one])}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t("base")} hint={t("baseNote")} error={errors.base}>
          {(aria) => (
            <select
              {...aria}
              className="inp"
              value={known}
              disabled={status !== null}
              onChange={(event) => setBase(event.target.value)}
              data-testid="status-base"
            >
              {scheme.bases.map((one) => (
                <option key={one.code} value={one.code}>
                  {one.title}
                </option>
              ))}
            </select>
          )}
        </Field>
        {!status?.is_archived && (
          <div>
            <Check
              on={isDefault}
              label={t("isDefault")}
              testId="status-default"
              onChange={(on) => setDefault(on || (status?.is_default ?? false))}
            />
            <p className="hint">{t("isDefaultNote")}</p>
          </div>
        )}
        <div className="row status-buttons">
          <Button
            look="primary"
            type="submit"
            busy={busy}
            disabled={!title.trim()}
            data-testid="status-save"
          >
            {ui("save")}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {ui("cancel")}
          </Button>
          <span className="grow" />
          {status && !status.is_archived && !isOnly && (
            <Button busy={busy} onClick={away} data-testid="status-away">
              {t(status.is_plain ? "hide" : "archive")}
            </Button>
          )}
        </div>
      </Form>
      {status && status.cards_count > 0 && (
        <CarryPart
          scheme={scheme}
          status={status}
          busy={busy}
          onCarry={(work) => void finish(work, t("carriedNow"))}
        />
      )}
    </Dialog>
  );
}
