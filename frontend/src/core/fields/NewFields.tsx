import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Person, ShownField } from "../../api/contract";
import { Button, IconButton } from "../../ui/button";
import { Field, TextAreaField, TextField } from "../../ui/field";
import { Tick } from "../../ui/marks";
import { DayInput } from "../forms/DayInput";
import { PersonInput } from "../people/PersonInput";
import { CardPicker } from "./CardPicker";
import { type NewValues, type PickedCard, standingIn, type Typed } from "./newValues";
import { optionsOf, unitOf } from "./values";
import "./fields.css";
import "./words";

interface NewFieldsProps {
  fields: ShownField[];
  values: NewValues;
  errors: Record<string, string>;
  onChange: (values: NewValues) => void;
}

/** The company's own fields in the form of a new card. */
export function NewFields({ fields, values, errors, onChange }: NewFieldsProps) {
  if (fields.length === 0) return null;
  return (
    <div className="new-fields" data-testid="new-fields">
      {fields.map((field) => (
        <NewField
          key={field.code}
          field={field}
          value={standingIn(field, values)}
          error={errors[field.code]}
          onChange={(value) => onChange({ ...values, [field.code]: value })}
        />
      ))}
    </div>
  );
}

interface NewFieldProps {
  field: ShownField;
  value: Typed;
  error: string | undefined;
  onChange: (value: Typed) => void;
}

function NewField(props: NewFieldProps) {
  const { field, value, error, onChange } = props;
  const text = typeof value === "string" ? value : "";
  const label = field.title + (field.type === "flag" ? "" : unitOf(field).replace("\u00a0", ", "));
  const told = { label, error, hint: field.hint || undefined };
  const testId = { "data-testid": `new-field-${field.code}` };
  switch (field.type) {
    case "date":
      return <DayInput {...told} hint={field.hint} value={text} onChange={onChange} {...testId} />;
    case "flag":
      return <FlagField {...props} />;
    case "list":
      return field.settings.many ? <ManyField {...props} /> : <OneField {...props} />;
    case "person":
      return <PersonField {...props} />;
    case "card":
      return <CardField {...props} />;
  }
  if (field.type === "text" && field.settings.multiline) {
    return (
      <div className="new-wide">
        <TextAreaField
          {...told}
          rows={3}
          value={text}
          onChange={(event) => onChange(event.target.value)}
          {...testId}
        />
      </div>
    );
  }
  return (
    <TextField
      {...told}
      inputMode={field.type === "text" ? "text" : "decimal"}
      value={text}
      onChange={(event) => onChange(event.target.value)}
      {...testId}
    />
  );
}

interface ChoiceProps extends NewFieldProps {
  choices: [string, string][];
  chosen: string;
}

function Choice({ field, error, choices, chosen, onChange }: ChoiceProps) {
  const { t } = useTranslation("fields");
  return (
    <Field label={field.title} error={error} hint={field.hint || undefined}>
      {(aria) => (
        <select
          {...aria}
          className="inp"
          value={chosen}
          onChange={(event) => onChange(event.target.value)}
          data-testid={`new-field-${field.code}`}
        >
          <option value="">{t("none")}</option>
          {choices.map(([code, title]) => (
            <option key={code} value={code}>
              {title}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function FlagField(props: NewFieldProps) {
  const { t } = useTranslation("fields");
  const chosen = typeof props.value === "string" ? props.value : "";
  const choices: [string, string][] = [
    ["yes", t("yes")],
    ["no", t("no")],
  ];
  return <Choice {...props} choices={choices} chosen={chosen} />;
}

const offered = (field: ShownField) => optionsOf(field).filter((one) => !one.is_archived);

function OneField(props: NewFieldProps) {
  const chosen = Array.isArray(props.value) ? (props.value[0] ?? "") : "";
  return (
    <Choice
      {...props}
      choices={offered(props.field).map((one) => [one.code ?? "", one.title])}
      chosen={chosen}
      onChange={(code) => props.onChange(typeof code === "string" && code ? [code] : [])}
    />
  );
}

function ManyField({ field, value, error, onChange }: NewFieldProps) {
  const chosen = Array.isArray(value) ? value : [];
  const toggle = (code: string) =>
    onChange(chosen.includes(code) ? chosen.filter((one) => one !== code) : [...chosen, code]);
  return (
    <fieldset className="new-many" data-testid={`new-field-${field.code}`}>
      <legend className="lbl">{field.title}</legend>
      {offered(field).map((one) => (
        // biome-ignore lint/a11y/noLabelWithoutControl: the box inside is labelled.
        <label key={one.code} className="row">
          <Tick
            label={one.title}
            checked={chosen.includes(one.code ?? "")}
            onChange={() => toggle(one.code ?? "")}
          />
          <span>{one.title}</span>
        </label>
      ))}
      <Below error={error} hint={field.hint} />
    </fieldset>
  );
}

function Below({ error, hint }: { error: string | undefined; hint: string }) {
  if (!error && !hint) return null;
  return (
    <div className={error ? "fld-msg err" : "fld-msg"} role={error ? "alert" : undefined}>
      {error ?? hint}
    </div>
  );
}

const isPerson = (value: Typed): value is Person =>
  typeof value === "object" && value !== null && "full_name" in value;
const isCard = (value: Typed): value is PickedCard =>
  typeof value === "object" && value !== null && "ref" in value;

function PersonField({ field, value, error, onChange }: NewFieldProps) {
  const { t } = useTranslation("fields");
  const person = isPerson(value) ? value : null;
  return (
    <div>
      <span className="lbl">{field.title}</span>
      <div className="row new-picked">
        <div className="grow">
          <PersonInput
            label={field.title}
            value={person}
            onPick={onChange}
            data-testid={`new-field-${field.code}`}
          />
        </div>
        {person && (
          <IconButton
            icon="x"
            small
            label={t("clear", { title: field.title })}
            onClick={() => onChange(null)}
          />
        )}
      </div>
      <Below error={error} hint={field.hint} />
    </div>
  );
}

function CardField({ field, value, error, onChange }: NewFieldProps) {
  const { t } = useTranslation("fields");
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLDivElement>(null);
  const card = isCard(value) ? value : null;
  return (
    <div>
      <span className="lbl">{field.title}</span>
      <div className="row new-picked" ref={anchor}>
        {card && <span className="grow el">{card.title}</span>}
        <Button onClick={() => setOpen(true)} data-testid={`new-field-${field.code}`}>
          {t("pickCard")}
        </Button>
        {card && (
          <IconButton
            icon="x"
            small
            label={t("clear", { title: field.title })}
            onClick={() => onChange(null)}
          />
        )}
      </div>
      {open && (
        <CardPicker
          anchor={anchor.current}
          label={t("pickCard")}
          own=""
          kinds={field.settings.kinds ?? []}
          onClose={() => setOpen(false)}
          onPick={(found) => {
            setOpen(false);
            onChange({ ref: found.key, title: found.title });
          }}
        />
      )}
      <Below error={error} hint={field.hint} />
    </div>
  );
}
