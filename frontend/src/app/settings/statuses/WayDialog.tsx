import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRoles } from "../../../core/people/directories";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { Check } from "../fields/Check";
import type { Crossing } from "./MovesPart";
import type { Way } from "./scheme";
import "./words";

interface WayDialogProps {
  crossing: Crossing;
  way: Way;
  onDone: (way: Way) => void;
  onClose: () => void;
}

/** What one move is called, what it asks for, and for whom it is. */
export function WayDialog({ crossing, way, onDone, onClose }: WayDialogProps) {
  const { t } = useTranslation("statusset");
  const { t: ui } = useTranslation("ui");
  const [draft, setDraft] = useState(way);
  const roles = (useRoles().data ?? []).filter((one) => one.can_change);
  const words = { from: crossing.from.title, to: crossing.to.title };
  const toggle = (code: string, on: boolean) =>
    setDraft({
      ...draft,
      roles: on ? [...draft.roles, code] : draft.roles.filter((one) => one !== code),
    });
  return (
    <Dialog title={t("tuneTitle", words)} width={460} onClose={onClose}>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          onDone({ ...draft, title: draft.title.trim() });
        }}
      >
        <TextField
          label={t("button")}
          hint={t("buttonNote")}
          placeholder={t("buttonExample")}
          maxLength={40}
          value={draft.title}
          onChange={(event) => setDraft({ ...draft, title: event.target.value })}
          data-autofocus
          data-testid="way-title"
        />
        <Check
          on={draft.needs_comment}
          label={t("needsComment")}
          testId="way-comment"
          onChange={(needs_comment) => setDraft({ ...draft, needs_comment })}
        />
        {roles.length > 0 && (
          <fieldset className="field-set">
            <legend className="lbl">{t("roles")}</legend>
            {roles.map((role) => (
              <Check
                key={role.code}
                on={draft.roles.includes(role.code)}
                label={role.title}
                testId={`way-role-${role.code}`}
                onChange={(on) => toggle(role.code, on)}
              />
            ))}
            <p className="hint">{t("rolesAll")}</p>
          </fieldset>
        )}
        <div className="row">
          <Button look="primary" type="submit" data-testid="way-done">
            {t("done")}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {ui("cancel")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
