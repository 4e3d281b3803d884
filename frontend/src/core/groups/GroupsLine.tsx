import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icon";
import type { CardKind } from "../entities/kind";
import { useCardGroups } from "./groups";
import "./groups.css";
import "./words";

interface GroupsLineProps {
  kind: CardKind;
  id: number;
}

/** In which groups a card is now; each leads to the list with that group. Nothing for a card that is in none. */
export function GroupsLine({ kind, id }: GroupsLineProps) {
  const { t } = useTranslation("groups");
  const groups = useCardGroups(kind, id);
  if (groups.length === 0) return null;
  return (
    <section className="groups-line" aria-label={t("title")} data-testid="groups">
      <Icon name="layers" size={14} />
      <span className="t3">{t("title")}</span>
      {groups.map((group) => (
        <Link
          key={group.id}
          to={(kind.list ?? kind.route) as never}
          search={{ ...group.params, saved: String(group.id) } as never}
          className="group-mark el"
          data-testid="group"
        >
          {group.title}
        </Link>
      ))}
    </section>
  );
}
