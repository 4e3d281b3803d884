import type { KeyboardEvent } from "react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Person } from "../../api/contract";
import { Icon } from "../../ui/icon";
import { Face } from "../../ui/marks";
import { useStore } from "../../ui/store";
import { recentPeople, rememberPerson, usePeople } from "./people";
import "./words";

interface PersonListProps {
  chosen: number[];
  onPick: (person: Person) => void;
  /** Offered before everybody else while nothing is typed. */
  first?: Person;
  "data-testid"?: string;
}


function ordered(found: Person[], recent: Person[], first: Person | undefined, typed: boolean) {
  if (typed) return found;
  const lead = [first, ...recent].filter((one): one is Person => one !== undefined);
  const seen = new Set<number>();
  return [...lead, ...found].filter((one) => !seen.has(one.id) && seen.add(one.id));
}

/** A search field over people; arrows and Enter choose without leaving the field. */
export function PersonList({ chosen, onPick, first, ...rest }: PersonListProps) {
  const { t } = useTranslation("people");
  const id = useId();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const recent = useStore(recentPeople);
  const { data: found = [], isFetched } = usePeople(text);
  const people = ordered(found, recent, first, text.trim() !== "");
  const here = Math.min(at, people.length - 1);

  const pick = (person: Person | undefined) => {
    if (!person) return;
    rememberPerson(person);
    onPick(person);
  };

  const press = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setAt((here + step + people.length) % Math.max(1, people.length));
    }
    if (event.key !== "Enter") return;
    event.preventDefault();
    pick(people[here]);
  };

  return (
    <>
      <div className="inp box person-find">
        <Icon name="search" size={14} />
        <input
          role="combobox"
          aria-expanded
          aria-controls={id}
          aria-activedescendant={people[here] ? `${id}-${people[here].id}` : undefined}
          aria-label={t("find")}
          placeholder={t("find")}
          value={text}
          data-autofocus
          data-testid={rest["data-testid"]}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
          onKeyDown={press}
        />
      </div>
      <div role="listbox" id={id} aria-label={t("pick")} className="person-list">
        {people.map((person, index) => (
          <div
            key={person.id}
            id={`${id}-${person.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={chosen.includes(person.id)}
            className={index === here ? "pop-i on" : "pop-i"}
            onPointerMove={() => setAt(index)}
            onClick={() => pick(person)}
            onKeyDown={press}
            data-testid={`person-${person.id}`}
          >
            <Face id={person.id} initials={person.initials} photo={person.photo_url} size="m" />
            <span className="el grow">{person.full_name}</span>
            {chosen.includes(person.id) && <Icon name="check" size={14} />}
          </div>
        ))}
        {people.length === 0 && isFetched && <p className="hint person-none">{t("nobody")}</p>}
      </div>
    </>
  );
}
