import { useTranslation } from "react-i18next";
import type { HomeSection as Section } from "../../api/contract";
import { countText } from "../../ui/format";
import type { IconName } from "../../ui/icon";
import { HomeRow } from "./HomeRow";
import "./words";

const ICONS: Record<string, IconName> = {
  overdue: "clock",
  today: "circle-check-big",
  to_review: "eye",
  new_for_me: "bell",
};

/** Where «Показать все» leads: the same rows in the list. */
const LISTS: Record<string, string> = {
  overdue: "/tasks?tab=overdue",
  today: "/tasks?due=today",
  to_review: "/tasks?tab=given&status=in_review",
  new_for_me: "/tasks?status=new",
};

export function HomeSection({ section }: { section: Section }) {
  const { t } = useTranslation("home");
  const late = section.code === "overdue";
  return (
    <div className="home-sec" data-testid={`home-${section.code}`}>
      <div className="sec-h">
        <h2>{section.title}</h2>
        <span className={late ? "n red" : "n"}>{countText(section.count)}</span>
        <span className="grow" />
        {section.count > section.items.length && LISTS[section.code] && (
          <a className="f13" href={LISTS[section.code]}>
            {t("showAll")}
          </a>
        )}
      </div>
      <div className="pane">
        {section.items.map((item) => (
          <HomeRow
            key={item.ref}
            item={item}
            icon={ICONS[section.code] ?? "circle-check-big"}
            mine={section.code !== "to_review"}
          />
        ))}
      </div>
    </div>
  );
}
