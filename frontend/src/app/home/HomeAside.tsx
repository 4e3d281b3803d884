import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Employee, Page } from "../../api/contract";
import { get } from "../../api/request";
import { may, useHiddenFields, useMe } from "../../core/session/session";
import { countText } from "../../ui/format";
import "./words";

/** Figures that open the rows behind them, and the first step for a company of one. */
export function HomeAside() {
  const { t } = useTranslation("home");
  const me = useMe();
  const hasDues = !useHiddenFields("tasks.task").has("due_at");
  const counts = useQuery({
    queryKey: ["tasks.task", "counts"],
    staleTime: 10_000,
    enabled: me.modules.some((module) => module.code === "tasks" && module.enabled),
    queryFn: () => get<Record<"given" | "overdue" | "watching", number>>("tasks/counts/"),
  }).data;
  const company = useQuery({
    queryKey: ["people", "first-two"],
    enabled: may(me, "organization.invite"),
    queryFn: () => get<Page<Employee>>("employees/", { query: { limit: 2 } }),
  }).data;

  return (
    <aside className="home-side">
      {company && company.results.length < 2 && (
        <div className="pane home-invite">
          <h2>{t("inviteTitle")}</h2>
          <p className="t2 f13">{t("inviteText")}</p>
          <Link
            to={"/settings/people" as never}
            search={{ invite: "1" } as never}
            className="btn primary"
          >
            {t("invite")}
          </Link>
        </div>
      )}
      {counts && (
        <>
          <div className="sec-h">
            <h2>{t("given")}</h2>
          </div>
          <div className="pane figures">
            <Figure to="/tasks?tab=given" value={counts.given} title={t("givenOpen")} />
            {hasDues && (
              <Figure to="/tasks?tab=overdue" value={counts.overdue} title={t("givenLate")} late />
            )}
            <Figure to="/tasks?tab=watching" value={counts.watching} title={t("watching")} />
          </div>
        </>
      )}
    </aside>
  );
}

interface FigureProps {
  to: string;
  value: number;
  title: string;
  late?: boolean;
}

function Figure({ to, value, title, late }: FigureProps) {
  return (
    <Link to={to as never} className="figure">
      <span className={late && value > 0 ? "v num red" : "v num"}>{countText(value)}</span>
      <span className="f12 t3">{title}</span>
    </Link>
  );
}
