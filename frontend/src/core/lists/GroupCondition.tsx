import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icon";
import type { CardKind } from "../entities/kind";
import { useGroupViews } from "../groups/groups";
import type { Address } from "./address";
import "./words";

interface GroupConditionProps {
  kind: CardKind;
  /** `in_view` or `not_in_view`. */
  base: string;
  value: string | undefined;
  /** The view that is open: it cannot build on itself. */
  without: string | undefined;
  onChange: (change: Address) => void;
}

/** Groups to be ticked: cards that are in any of them are left, or those that are in none. */
export function GroupCondition({ kind, base, value, without, onChange }: GroupConditionProps) {
  const { t } = useTranslation("lists");
  const groups = useGroupViews(kind).filter((one) => String(one.id) !== without);
  const ids = (value ?? "").split(",").filter(Boolean);
  const toggle = (id: string) => {
    const next = ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id];
    onChange({ [base]: next.length > 0 ? next.join(",") : undefined });
  };
  return (
    <>
      {groups.map((group) => (
        <button
          key={group.id}
          type="button"
          className="pop-i"
          aria-pressed={ids.includes(String(group.id))}
          onClick={() => toggle(String(group.id))}
          data-testid="group-choice"
        >
          <Icon name="layers" size={14} />
          <span className="grow el">{group.title}</span>
          {!group.is_mine && <span className="f12 t3 el">{group.owner.name}</span>}
          {ids.includes(String(group.id)) && <Icon name="check" size={14} />}
        </button>
      ))}
      {groups.length === 0 && <p className="hint">{t("noGroups")}</p>}
    </>
  );
}
