import { useTranslation } from "react-i18next";
import type { Person } from "../../api/contract";
import { Icon } from "../../ui/icon";
import { PersonChip } from "../people/PersonChip";
import { PersonPicker } from "../people/PersonPicker";
import "./words";

interface PersonFieldProps {
  person: Person | null;
  onPick: (person: Person) => void;
}

/** One colleague to ask about. */
export function PersonField({ person, onPick }: PersonFieldProps) {
  const { t } = useTranslation("access");
  return (
    <PersonPicker
      label={t("check")}
      chosen={person ? [person.id] : []}
      onPick={onPick}
      className="inp access-who"
      data-testid="access-who"
    >
      {person ? <PersonChip person={person} /> : <span className="t3 grow">{t("check")}</span>}
      <Icon name="chevron-down" size={14} className="t3" />
    </PersonPicker>
  );
}
