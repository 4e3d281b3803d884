import { useTranslation } from "react-i18next";
import type { Person } from "../../api/contract";
import { Icon } from "../../ui/icon";
import { Face } from "../../ui/marks";
import type { PersonChoice } from "./choice";
import "./people.css";
import "./words";

/** The list under a search for people. */
export function PersonOptions({
  choice,
  chosen,
}: {
  choice: PersonChoice;
  chosen: Person["id"][];
}) {
  const { t } = useTranslation("people");
  return (
    <div role="listbox" id={choice.id} aria-label={t("pick")} className="person-list">
      {choice.people.map((person, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: arrows and Enter work from the field.
        <div
          key={person.id}
          id={`${choice.id}-${person.id}`}
          role="option"
          tabIndex={-1}
          aria-selected={chosen.includes(person.id)}
          className={index === choice.here ? "pop-i on" : "pop-i"}
          onPointerMove={() => choice.hover(index)}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => choice.pick(person)}
          data-testid={`person-${person.id}`}
        >
          <Face id={person.id} initials={person.initials} photo={person.photo_url} size="m" />
          <span className="el grow">{person.full_name}</span>
          {chosen.includes(person.id) && <Icon name="check" size={14} />}
        </div>
      ))}
      {choice.people.length === 0 && choice.settled && (
        <p className="hint person-none">{t("nobody")}</p>
      )}
    </div>
  );
}
