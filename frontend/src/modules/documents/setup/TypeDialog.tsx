import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Role } from "../../../api/contract";
import type { Direction, DocumentRules } from "../../../api/documents";
import { patch } from "../../../api/request";
import { cache } from "../../../core/session/cache";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { Field, TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { Switch } from "../../../ui/marks";
import { say } from "../../../ui/toast";
import { typeWord } from "../document";
import { TYPES } from "../reads";
import { useSaving } from "./saving";
import "./words";

interface TypeDialogProps {
  type: DocumentRules;
  roles: Role[];
  onClose: () => void;
}

const DIRECTIONS: Direction[] = ["incoming", "outgoing", "internal", "contract"];
const SWITCHES = ["needs_route", "author_registers", "is_closed", "has_lines"] as const;
const ROLES = ["create_roles", "register_roles", "reader_roles"] as const;

/** What documents of one type ask for, from now on. */
export function TypeDialog({ type, roles, onClose }: TypeDialogProps) {
  const { t } = useTranslation("documents_setup");
  const { t: ui } = useTranslation("ui");
  const [rules, setRules] = useState(type);
  const [days, setDays] = useState(String(type.answer_days || ""));
  const { busy, errors, run } = useSaving();
  const change = (next: Partial<DocumentRules>) => setRules({ ...rules, ...next });

  const save = async () => {
    const { direction, needs_route, author_registers, is_closed, has_lines } = rules;
    const { create_roles, register_roles, reader_roles } = rules;
    const body = {
      direction,
      needs_route,
      author_registers,
      is_closed,
      has_lines,
      create_roles,
      register_roles,
      reader_roles,
      answer_days: Number(days) || 0,
    };
    const done = await run(async () => {
      await patch(`document-types/${typeWord(type.code)}/`, body, { ifMatch: type.version });
      await cache.invalidateQueries({ queryKey: TYPES });
    });
    if (!done) return;
    say(t("typeSaved", { title: type.title }));
    onClose();
  };

  return (
    <Dialog title={type.title} width={560} onClose={onClose}>
      <Form className="stack" onSubmit={() => void save()}>
        <Field label={t("direction")} hint={t("directionHint")} error={errors.direction}>
          {(aria) => (
            <select
              {...aria}
              className="inp"
              value={rules.direction}
              onChange={(event) => change({ direction: event.target.value as Direction })}
              data-testid="type-direction"
            >
              {DIRECTIONS.map((one) => (
                <option key={one} value={one}>
                  {t(`direction_${one}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <div>
          {SWITCHES.map((name) => (
            <div key={name} className="doc-switch">
              <span className="grow">
                <span>{t(name)}</span>
                <span className="t3 f12">{t(`${name}_hint`)}</span>
              </span>
              <Switch
                on={rules[name]}
                label={t(name)}
                onChange={(on) => change({ [name]: on })}
                data-testid={`type-${name}`}
              />
            </div>
          ))}
        </div>
        {ROLES.map((name) => (
          <RolesField
            key={name}
            name={name}
            roles={roles}
            chosen={rules[name]}
            error={errors[name]}
            onChange={(codes) => change({ [name]: codes })}
          />
        ))}
        <TextField
          label={t("answer_days")}
          hint={t("answer_days_hint")}
          inputMode="numeric"
          value={days}
          error={errors.answer_days ?? errors[""]}
          onChange={(event) => setDays(event.target.value.replace(/\D/g, "").slice(0, 3))}
          data-testid="type-answer-days"
        />
        <div className="row">
          <Button look="primary" type="submit" busy={busy} data-testid="type-save">
            {ui("save")}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {ui("cancel")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}

interface RolesFieldProps {
  name: (typeof ROLES)[number];
  roles: Role[];
  chosen: string[];
  error: string | undefined;
  onChange: (codes: string[]) => void;
}

function RolesField({ name, roles, chosen, error, onChange }: RolesFieldProps) {
  const { t } = useTranslation("documents_setup");
  const turn = (code: string) =>
    onChange(chosen.includes(code) ? chosen.filter((one) => one !== code) : [...chosen, code]);
  return (
    <fieldset className="doc-roles">
      <legend className="lbl">{t(name)}</legend>
      <div className="doc-ticks">
        {roles.map((role) => (
          <label key={role.code} className="doc-tick f13">
            <input
              type="checkbox"
              className="cb"
              checked={chosen.includes(role.code)}
              onChange={() => turn(role.code)}
            />
            {role.title}
          </label>
        ))}
      </div>
      <div className={error ? "fld-msg err" : "fld-msg"}>{error ?? t(`${name}_hint`)}</div>
    </fieldset>
  );
}
