import { useTranslation } from "react-i18next";
import type { Person } from "../../api/contract";
import { PersonPicker } from "../../core/people/PersonPicker";
import { Icon } from "../../ui/icon";
import { Face } from "../../ui/marks";
import "./words";

interface HelpersProps {
  helpers: Person[];
  error?: string | undefined;
  onChange: (helpers: Person[]) => void;
}

/** Those who help the assignee: each a chip that is taken away with a press. */
export function ComposerHelpers({ helpers, error, onChange }: HelpersProps) {
  const { t } = useTranslation("tasks");
  const without = (person: Person) => helpers.filter((one) => one.id !== person.id);
  const toggle = (person: Person) => {
    const has = helpers.some((one) => one.id === person.id);
    onChange(has ? without(person) : [...helpers, person]);
  };
  return (
    <div>
      <div className="composer-helpers">
        {helpers.map((person) => (
          <button
            key={person.id}
            type="button"
            className="chip"
            aria-label={t("removeHelper", { name: person.name })}
            onClick={() => onChange(without(person))}
          >
            <Face id={person.id} initials={person.initials} photo={person.photo_url} />
            {person.name}
            <Icon name="x" size={14} />
          </button>
        ))}
        <PersonPicker
          label={t("addHelpers")}
          className="chip"
          chosen={helpers.map((one) => one.id)}
          onPick={toggle}
          several
          data-testid="composer-helpers"
        >
          <Icon name="user-plus" size={14} />
          {t("addHelpers")}
        </PersonPicker>
      </div>
      {error && <div className="fld-msg err">{error}</div>}
    </div>
  );
}
