import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { FormerLine, FormerLines as Told } from "../../../api/documents";
import { sentenceOf } from "../../../api/problem";
import { get } from "../../../api/request";
import { keys } from "../../../core/entities/kind";
import { PersonChip } from "../../../core/people/PersonChip";
import { Button } from "../../../ui/button";
import { nearText } from "../../../ui/format";
import { Status, type Tone } from "../../../ui/marks";
import { DOCUMENTS } from "../document";
import "./words";

const TONES: Record<FormerLine["state"], Tone> = {
  open: "blue",
  late: "red",
  done: "green",
  cancelled: "neutral",
  hidden: "neutral",
};
const PAGE = 50;

/** With what a meeting opens: what the ones before have given, and what of it is done. */
export function FormerLines({ card }: { card: number }) {
  const { t } = useTranslation("documents_minutes");
  const { t: ui } = useTranslation("ui");
  const query = useInfiniteQuery({
    queryKey: [...keys.card(DOCUMENTS, card), "former-lines"],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      get<Told>(`documents/${card}/former-lines/`, {
        query: { limit: PAGE, cursor: pageParam },
        signal,
      }),
    getNextPageParam: (last) => last.next ?? undefined,
  });
  if (query.isPending) return <span className="sk wait" />;
  if (!query.data) {
    return (
      <p className="hint row" role="alert">
        <span>{sentenceOf(query.error)}</span>
        <button type="button" className="link" onClick={() => void query.refetch()}>
          {ui("retry")}
        </button>
      </p>
    );
  }
  const [first] = query.data.pages;
  if (!first || first.total === 0) return <p className="hint">{t("formerNone")}</p>;
  const rows = query.data.pages.flatMap((page) => page.results);
  return (
    <details className="min-fold">
      <summary className="f13" data-testid="former-lines">
        {t("formerLines", { total: first.total })}
        {first.undone > 0 && <b>, {t("formerUndone", { count: first.undone })}</b>}
      </summary>
      <table className="doc-t min-former">
        <caption className="vh">{t("formerLines", { total: first.total })}</caption>
        <thead>
          <tr>
            <th scope="col">{t("assignment")}</th>
            <th scope="col">{t("who")}</th>
            <th scope="col">{t("when")}</th>
            <th scope="col">{t("state")}</th>
            <th scope="col">{t("minutes")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.line.id} row={row} />
          ))}
        </tbody>
      </table>
      {query.hasNextPage && (
        <Button
          look="quiet"
          busy={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t("formerMore")}
        </Button>
      )}
    </details>
  );
}

function Row({ row: { line, document, state } }: { row: FormerLine }) {
  const { t } = useTranslation("documents_minutes");
  const due = line.task?.due_at ?? line.due_at;
  return (
    <tr data-testid="former-line" data-state={state}>
      <th scope="row">
        {line.task ? <Link to={line.task.route as never}>{line.text}</Link> : line.text}
      </th>
      <td data-label={t("who")}>
        <PersonChip person={line.assignee} />
      </td>
      <td data-label={t("when")} className="num">
        {due ? nearText(due) : <span className="t3">{t("noDue")}</span>}
      </td>
      <td data-label={t("state")}>
        <Status tone={TONES[state]}>{t(`state_${state}`)}</Status>
      </td>
      <td data-label={t("minutes")}>
        <Link to={document.route as never}>{document.number || document.title}</Link>
      </td>
    </tr>
  );
}
