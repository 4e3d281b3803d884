import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { DocumentReport } from "../../../api/documents";
import { sentenceOf } from "../../../api/problem";
import { get } from "../../../api/request";
import { Button } from "../../../ui/button";
import { momentText } from "../../../ui/format";
import { Icon } from "../../../ui/icon";
import { Empty, Failed, Waiting } from "../../../ui/state";
import { DOCUMENTS } from "../document";
import { PeopleTable, StagesTable, TypesTable } from "./tables";
import "../../../core/lists/lists.css";
import "../documents.css";
import "./words";

const EVERY_MS = 30_000;

/** How all documents stand now: by type and state, by stage and whoever holds them; every figure opens its rows. */
export function Screen() {
  const { t } = useTranslation("documents_report");
  const query = useQuery({
    queryKey: [DOCUMENTS.code, "report"],
    queryFn: ({ signal }) => get<DocumentReport>("documents/report/", { signal }),
    staleTime: 5_000,
    refetchInterval: EVERY_MS,
  });
  const report = query.data;
  const bare = report?.types.every((line) => line.total === 0);
  return (
    <div className="doc-page">
      <div className="ph-row">
        <Link
          to={DOCUMENTS.route as never}
          className="icb"
          aria-label={t("back")}
          title={t("back")}
        >
          <Icon name="arrow-left" />
        </Link>
        <h1>{t("title")}</h1>
        {report && (
          <span className="t3 f13 doc-when" aria-live="off">
            {t("asOf", { moment: momentText(new Date(query.dataUpdatedAt)) })}
          </span>
        )}
        <span className="grow" />
        <Button look="quiet" icon="printer" onClick={() => window.print()}>
          {t("print")}
        </Button>
      </div>
      {query.isPending && <Waiting rows={10} />}
      {query.isError && !report && (
        <Failed text={sentenceOf(query.error)} onRetry={() => void query.refetch()} />
      )}
      {bare && <Empty icon="chart-column" title={t("empty")} text={t("emptyText")} />}
      {report && !bare && (
        <>
          <TypesTable lines={report.types} />
          <StagesTable lines={report.stages} />
          <PeopleTable title={t("holders")} lines={report.holders} by="holder" />
          <PeopleTable title={t("people")} lines={report.people} by="responsible" />
        </>
      )}
    </div>
  );
}
