import { useTranslation } from "react-i18next";
import type { Person } from "../../api/contract";
import { Face } from "../../ui/marks";
import "./people.css";
import "./words";

/** A face with a short name: how a person looks in every list and card. */
export function PersonChip({ person }: { person: Person | null }) {
  const { t } = useTranslation("people");
  if (!person) return <span className="t3">—</span>;
  const title = person.is_active ? person.full_name : `${person.full_name} (${t("blocked")})`;
  return (
    <span className="row person" title={title}>
      <Face id={person.id} initials={person.initials} photo={person.photo_url} />
      <span className={person.is_active ? "el" : "el t3"}>{person.name}</span>
    </span>
  );
}

export function Faces({ people }: { people: Person[] }) {
  return (
    <span className="avs">
      {people.slice(0, 4).map((person) => (
        <Face key={person.id} id={person.id} initials={person.initials} photo={person.photo_url} />
      ))}
    </span>
  );
}
