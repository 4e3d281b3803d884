import { useTranslation } from "react-i18next";
import type { Person } from "../../api/contract";
import { Icon } from "../../ui/icon";
import { usePersonChoice } from "./choice";
import { PersonOptions } from "./PersonOptions";
import "./words";

interface PersonListProps {
  chosen: Person["id"][];
  onPick: (person: Person) => void;
  "data-testid"?: string | undefined;
}

/** A search field over people, for menus and filters. */
export function PersonList({ chosen, onPick, ...rest }: PersonListProps) {
  const { t } = useTranslation("people");
  const choice = usePersonChoice(onPick);
  return (
    <>
      <div className="inp box person-find">
        <Icon name="search" size={14} />
        <input
          role="combobox"
          aria-expanded
          aria-controls={choice.id}
          aria-activedescendant={choice.activeId}
          aria-label={t("find")}
          placeholder={t("find")}
          value={choice.text}
          data-autofocus
          data-testid={rest["data-testid"]}
          onChange={(event) => choice.setText(event.target.value)}
          onKeyDown={choice.press}
        />
      </div>
      <PersonOptions choice={choice} chosen={chosen} />
    </>
  );
}
