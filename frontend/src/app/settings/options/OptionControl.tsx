import { useTranslation } from "react-i18next";
import type { Person } from "../../../api/contract";
import { PersonPicker } from "../../../core/people/PersonPicker";
import { Icon } from "../../../ui/icon";
import { Face, Switch, Tick } from "../../../ui/marks";
import { type CompanyOption, readSum, shownSum } from "./shapes";
import "./words";

export interface ControlProps {
  option: CompanyOption;
  value: unknown;
  /** Everybody whom a value may name. */
  people: Person[];
  aria: { id: string; "aria-describedby": string | undefined; "aria-invalid": boolean };
  onChange: (value: unknown, person?: Person) => void;
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const toggled = (list: unknown[], one: unknown): unknown[] =>
  list.includes(one) ? list.filter((held) => held !== one) : [...list, one];

/** The field of an option, as its kind has it. */
export function OptionControl(props: ControlProps) {
  const { option, value, aria, onChange } = props;
  const testId = `option-${option.code}`;
  switch (option.kind) {
    case "yes_no":
      return (
        <Switch on={value === true} label={option.title} onChange={onChange} data-testid={testId} />
      );
    case "whole":
      return <NumberField {...props} />;
    case "money":
      return (
        <div className="inp box opt-number">
          <input
            {...aria}
            inputMode="decimal"
            value={shownSum(String(value ?? ""))}
            onChange={(event) => onChange(readSum(event.target.value).slice(0, 20))}
            data-testid={testId}
          />
          <span className="t3">₽</span>
        </div>
      );
    case "choice":
      return (
        <select
          {...aria}
          className="inp opt-choice"
          value={String(value)}
          onChange={(event) => onChange(event.target.value)}
          data-testid={testId}
        >
          {option.choices.map(({ code, title }) => (
            <option key={code} value={code}>
              {title}
            </option>
          ))}
        </select>
      );
    case "several":
    case "roles":
      return <Ticks {...props} />;
    case "people":
      return <PeopleField {...props} />;
    default:
      return (
        <input
          {...aria}
          className="inp opt-line"
          maxLength={Number(option.most)}
          value={String(value ?? "")}
          onChange={(event) => onChange(event.target.value)}
          data-testid={testId}
        />
      );
  }
}

function NumberField({ option, value, aria, onChange }: ControlProps) {
  return (
    <div className="row">
      <div className="inp box opt-number">
        <input
          {...aria}
          inputMode="numeric"
          value={value === null ? "" : String(value)}
          onChange={(event) => {
            const digits = event.target.value.replace(/\D/g, "").slice(0, 9);
            onChange(digits === "" ? null : Number(digits));
          }}
          data-testid={`option-${option.code}`}
        />
        {option.unit && <span className="t3">{option.unit}</span>}
      </div>
      {value === 0 && option.none && <span className="t3 f12">{option.none}</span>}
    </div>
  );
}

function Ticks({ option, value, onChange }: ControlProps) {
  const list = listOf(value);
  const order = option.choices.map(({ code }) => code);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be drawn as a wrapping line.
    <div className="opt-ticks" role="group" aria-label={option.title}>
      {option.choices.map(({ code, title }) => (
        // biome-ignore lint/a11y/noLabelWithoutControl: the control is the tick inside.
        <label key={code}>
          <Tick
            label={title}
            checked={list.includes(code)}
            onChange={() => {
              const next = toggled(list, code);
              onChange(order.filter((one) => next.includes(one)));
            }}
            data-testid={`option-${option.code}-${code}`}
          />
          {title}
        </label>
      ))}
    </div>
  );
}

function PeopleField({ option, value, people, onChange }: ControlProps) {
  const { t } = useTranslation("options");
  const list = listOf(value);
  const chosen = people.filter((person) => list.includes(person.id));
  return (
    <div className="opt-people">
      {chosen.map((person) => (
        <button
          key={person.id}
          type="button"
          className="chip"
          aria-label={t("removePerson", { name: person.name })}
          onClick={() => onChange(toggled(list, person.id))}
        >
          <Face id={person.id} initials={person.initials} photo={person.photo_url} />
          {person.name}
          <Icon name="x" size={14} />
        </button>
      ))}
      <PersonPicker
        label={t("addPeople")}
        className="chip"
        chosen={chosen.map((person) => person.id)}
        onPick={(person) => onChange(toggled(list, person.id), person)}
        several
        data-testid={`option-${option.code}`}
      >
        <Icon name="user-plus" size={14} />
        {t("addPeople")}
      </PersonPicker>
    </div>
  );
}
