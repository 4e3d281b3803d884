import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Appeal, AppealState } from "../../api/help";
import { sentenceOf } from "../../api/problem";
import { Button } from "../../ui/button";
import { nearText } from "../../ui/format";
import { Segmented, Status } from "../../ui/marks";
import { Empty, Failed, Waiting } from "../../ui/state";
import "./help.css";
import { helpOpen, STATES, useAppeals, useHelp } from "./help";
import "./words";

/** What one has asked, or the whole company; what is asked of the list stands in the address. */
export function Screen() {
  const { t } = useTranslation("help");
  const help = useHelp();
  const write = () => helpOpen.set("write");
  if (help.isPending) return <Waiting />;
  if (!help.data)
    return <Failed text={sentenceOf(help.error)} onRetry={() => void help.refetch()} />;
  if (!help.data.takes_appeals)
    return (
      <Empty icon="message-square" title={t("elsewhere")} text={t("elsewhereText")}>
        <Button onClick={() => helpOpen.set("home")}>{t("title")}</Button>
      </Empty>
    );
  return (
    <div className="help-page">
      <header className="help-head">
        <h1>{t("appeals")}</h1>
        <Button look="primary" icon="plus" onClick={write} data-testid="appeal-new">
          {t("write")}
        </Button>
      </header>
      <List seesAll={help.data.sees_all} onWrite={write} />
    </div>
  );
}

function List({ seesAll, onWrite }: { seesAll: boolean; onWrite: () => void }) {
  const { t } = useTranslation("help");
  const navigate = useNavigate();
  const asked = useSearch({ strict: false }) as Record<string, string | undefined>;
  const state = asked.state ?? "";
  const all = seesAll && asked.all === "true";
  const pages = useAppeals(state, all, true);
  const rows = pages.data?.pages.flatMap((page) => page.results) ?? [];
  const narrow = (name: string, value: string) =>
    void navigate({ search: { ...asked, [name]: value || undefined }, replace: true } as never);
  return (
    <>
      <div className="help-filters">
        {seesAll && (
          <Segmented
            label={t("whose")}
            value={all ? "all" : "own"}
            options={[
              { value: "own", title: t("own") },
              { value: "all", title: t("companys") },
            ]}
            onChange={(value) => narrow("all", value === "all" ? "true" : "")}
          />
        )}
        <select
          className="inp"
          aria-label={t("state")}
          value={state}
          onChange={({ target }) => narrow("state", target.value)}
        >
          <option value="">{t("every")}</option>
          {(Object.keys(STATES) as AppealState[]).map((code) => (
            <option key={code} value={code}>
              {t(STATES[code].word)}
            </option>
          ))}
        </select>
      </div>
      {pages.isPending && <Waiting rows={4} />}
      {pages.isError && !pages.data && (
        <Failed text={sentenceOf(pages.error)} onRetry={() => void pages.refetch()} />
      )}
      {pages.data && rows.length === 0 && (
        <Empty
          icon="message-square"
          title={t("none")}
          text={t(state ? "noneSuchText" : "noneText")}
        >
          {!state && <Button onClick={onWrite}>{t("write")}</Button>}
        </Empty>
      )}
      {rows.length > 0 && (
        <ul className="pane help-rows">
          {rows.map((row) => (
            <Row key={row.id} row={row} named={all} />
          ))}
        </ul>
      )}
      {pages.hasNextPage && (
        <Button busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t("more")}
        </Button>
      )}
    </>
  );
}

function Row({ row, named }: { row: Appeal; named: boolean }) {
  const { t } = useTranslation("help");
  const { tone, word } = STATES[row.state];
  const when = nearText(row.moved_at);
  return (
    <li>
      <Link to={`/help/${row.id}` as never} className="help-row" data-testid="appeal-row">
        <span className="grow help-topic">
          <span className="sb">{row.topic}</span>
          <span className="f12 t3 num">
            {t("number", { number: row.id })} · {named ? t("by", { who: row.author, when }) : when}
          </span>
        </span>
        <Status tone={tone}>{t(word)}</Status>
      </Link>
    </li>
  );
}
