import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useLinks } from "../../../core/links/links";
import { Icon } from "../../../ui/icon";
import { TASKS } from "../task";
import { TEMPLATES } from "./template";
import "./templates.css";
import "./words";

/** Says of a task that it was made from a template, to whoever may see that one. */
export function FromTemplate({ id }: { id: number }) {
  const { t } = useTranslation("templates");
  // The section below asks for the same links; nothing is asked twice.
  const links = useLinks(TASKS, id).data?.results ?? [];
  const origin = links.find(
    (one) => one.relation === "based_on" && one.card.ref.startsWith(`${TEMPLATES.code}/`),
  )?.card;
  if (!origin) return null;
  return (
    <Link
      to={origin.route as never}
      className="chip tpl-from"
      title={t("fromTitle", { title: origin.title })}
      data-testid="from-template"
    >
      <Icon name="repeat" size={14} />
      <span className="el">{t("from", { number: origin.number })}</span>
    </Link>
  );
}
