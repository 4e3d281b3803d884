import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { AppealState, QueuedAppeal, QueuedAppeals } from "../../../api/help";
import { get } from "../../../api/request";
import { nearText } from "../../../ui/format";
import { Status } from "../../../ui/marks";
import "../console.css";
import { Listed } from "../Listed";
import { useOperator } from "../session";
import { STATES } from "./states";
import "./words";

const ASKED_EVERY_MS = 20_000;
type Asked = Record<string, string | undefined>;

/** Everything that companies have asked; what is asked of the list stands in the address. */
export function Screen() {
  const { t } = useTranslation("appeals");
  const navigate = useNavigate();
  const me = useOperator();
  const asked = useSearch({ strict: false }) as Asked;
  const { state, company, whose } = asked;
  const query = {
    state,
    company,
    operator: whose === "mine" ? me.id : undefined,
    free: whose === "free" ? true : undefined,
  };
  const pages = useInfiniteQuery({
    queryKey: ["console", "appeals/", query],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      get<QueuedAppeals>("appeals/", { query: { limit: 50, ...query, cursor: pageParam }, signal }),
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    refetchInterval: ASKED_EVERY_MS,
  });
  const waiting = pages.data?.pages[0]?.unanswered ?? 0;
  const narrow = (name: string, value: string) =>
    void navigate({ search: { ...asked, [name]: value || undefined }, replace: true } as never);
  return (
    <>
      <div className="con-title">
        <h1 className="con-h">{t("title")}</h1>
        {waiting > 0 && <span className="t2 f13 num">{t("waiting", { count: waiting })}</span>}
      </div>
      <div className="con-filters">
        <select
          className="inp"
          aria-label={t("state")}
          value={state ?? ""}
          onChange={({ target }) => narrow("state", target.value)}
          data-testid="appeals-state"
        >
          <option value="">{t("every")}</option>
          {(Object.keys(STATES) as AppealState[]).map((code) => (
            <option key={code} value={code}>
              {t(STATES[code].word)}
            </option>
          ))}
        </select>
        <select
          className="inp"
          aria-label={t("whose")}
          value={whose ?? ""}
          onChange={({ target }) => narrow("whose", target.value)}
          data-testid="appeals-whose"
        >
          <option value="">{t("anyones")}</option>
          <option value="mine">{t("mine")}</option>
          <option value="free">{t("free")}</option>
        </select>
        {company && (
          <label className="con-tick">
            <input type="checkbox" className="cb" checked onChange={() => narrow("company", "")} />
            {t("ofCompany")}
          </label>
        )}
      </div>
      <Listed pages={pages} icon="inbox" none={t("none")} noneText={t("noneText")}>
        {(rows) => <Table rows={rows} />}
      </Listed>
    </>
  );
}

function Table({ rows }: { rows: QueuedAppeal[] }) {
  const { t } = useTranslation("appeals");
  return (
    <table className="con-tbl">
      <thead>
        <tr>
          <th>{t("topic")}</th>
          <th>{t("state")}</th>
          <th>{t("company")}</th>
          <th>{t("taken")}</th>
          <th>{t("moved")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} data-testid={`appeal-${row.id}`}>
            <td>
              <Link to={`/appeals/${row.id}` as never} className="sb">
                {row.topic}
              </Link>
              <div className="f12 t3">{row.author}</div>
            </td>
            <td data-label={t("state")}>
              <Status tone={STATES[row.state].tone}>{t(STATES[row.state].word)}</Status>
            </td>
            <td data-label={t("company")}>
              <Link to={`/companies/${row.company_id}` as never}>{row.company_name}</Link>
            </td>
            <td data-label={t("taken")}>{row.operator_name ?? t("nobody")}</td>
            <td data-label={t("moved")} className="num">
              {nearText(row.moved_at)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
