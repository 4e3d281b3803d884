import { useTranslation } from "react-i18next";
import type { Person } from "../../api/contract";
import { IconButton } from "../../ui/button";
import { PersonChip } from "../people/PersonChip";
import { PersonInput } from "../people/PersonInput";
import "./routes.css";
import "./words";

interface PeopleInOrderProps {
  label: string;
  people: Person[];
  error?: string | undefined;
  onChange: (people: Person[]) => void;
}

/** People one after another: added by name, moved up, taken out. */
export function PeopleInOrder({ label, people, error, onChange }: PeopleInOrderProps) {
  const { t } = useTranslation("routes");
  const up = (at: number) => {
    const [one, above] = [people[at], people[at - 1]];
    if (!one || !above) return;
    onChange([...people.slice(0, at - 1), one, above, ...people.slice(at + 1)]);
  };
  const add = (person: Person) => {
    if (person.id !== null && !people.some((one) => one.id === person.id)) {
      onChange([...people, person]);
    }
  };
  return (
    <fieldset>
      <legend className="lbl">{label}</legend>
      {people.length > 0 && (
        <ol className="route-order">
          {people.map((one, at) => (
            <li key={one.id} className="row" data-testid="in-order">
              <span className="num t3">{at + 1}</span>
              <span className="grow">
                <PersonChip person={one} />
              </span>
              <IconButton
                icon="arrow-up"
                size={14}
                small
                label={t("personUp", { name: one.name })}
                disabled={at === 0}
                onClick={() => up(at)}
              />
              <IconButton
                icon="x"
                size={14}
                small
                label={t("personDrop", { name: one.name })}
                onClick={() => onChange(people.filter((other) => other.id !== one.id))}
              />
            </li>
          ))}
        </ol>
      )}
      <PersonInput label={t("personAdd")} value={null} onPick={add} data-testid="in-order-add" />
      {error && (
        <p className="fld-msg err" role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}
