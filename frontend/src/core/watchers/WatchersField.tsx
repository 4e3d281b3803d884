import { useTranslation } from "react-i18next";
import type { Person } from "../../api/contract";
import { CardField } from "../cards/CardParts";
import { Faces, PersonChip } from "../people/PersonChip";
import { PersonPicker } from "../people/PersonPicker";
import { type Place, setWatchers, useWatchers } from "./watchers";
import "./words";

/** Who keeps an eye on the card; whoever may name them does it in one list. */
export function WatchersField({ kind, id }: Place) {
  const { t } = useTranslation("watchers");
  const { t: ui } = useTranslation("ui");
  const known = useWatchers({ kind, id }).data;
  if (!known) return null;
  const people = known.results;
  if (people.length === 0 && !known.can_gather) return null;
  const [only] = people;
  const toggle = (person: Person) => {
    const others = people.filter((one) => one.id !== person.id);
    const had = others.length < people.length;
    void setWatchers({ kind, id }, had ? others : [...people, person]);
  };
  return (
    <CardField label={t("title")}>
      <PersonPicker
        label={t("title")}
        chosen={people.map((one) => one.id)}
        onPick={toggle}
        several
        disabled={!known.can_gather}
        data-testid="card-watchers"
      >
        {people.length === 1 && only ? (
          <PersonChip person={only} />
        ) : only ? (
          <>
            <Faces people={people} />
            <span className="t2">{ui("people", { count: people.length })}</span>
          </>
        ) : (
          <span className="t3">{t("nobody")}</span>
        )}
      </PersonPicker>
    </CardField>
  );
}
