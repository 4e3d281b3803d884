import { useState } from "react";
import { useTranslation } from "react-i18next";
import { openComposer } from "../../../core/entities/module";
import { HeadLink } from "../../../core/lists/HeadLink";
import type { ListQuery } from "../../../core/lists/pages";
import { may, useMe } from "../../../core/session/session";
import { ExportButton } from "../../../core/sheets/ExportButton";
import { useOwnStatuses } from "../../../core/statuses/statuses";
import { Button, IconButton } from "../../../ui/button";
import { DOCUMENTS } from "../document";
import { JournalDialog } from "./JournalDialog";
import "../words";

interface DocumentHeadProps {
  /** What the list asks the server, and the columns that it shows, for a file of it. */
  query: ListQuery;
  columns: string[];
}

/** The head of the list: what may be made, its neighbours, its journal and its files. */
export function DocumentHead({ query, columns }: DocumentHeadProps) {
  const { t } = useTranslation("documents");
  const me = useMe();
  const [journal, setJournal] = useState(false);
  const isRefined = useOwnStatuses(DOCUMENTS).length > 0;
  const told = columns.flatMap((code) =>
    isRefined && code === "status" ? [code, "own_status"] : [code],
  );
  return (
    <div className="ph-row docs-h">
      <h1>{t("title")}</h1>
      <span className="grow" />
      {may(me, "documents.create") && (
        <Button
          icon="pencil"
          className="head-link"
          aria-label={t("memo")}
          title={t("memo")}
          onClick={() => openComposer.set("documents.memo")}
          data-testid="to-memo"
        >
          <span>{t("memo")}</span>
        </Button>
      )}
      <HeadLink
        to="/documents/report"
        icon="chart-column"
        title={t("report")}
        testId="to-report"
      />
      <HeadLink
        to="/documents/files"
        icon="layers"
        title={t("nomenclature")}
        testId="to-case-files"
      />
      <IconButton
        icon="printer"
        label={t("journal")}
        onClick={() => setJournal(true)}
        data-testid="to-journal"
      />
      {may(me, "documents.rules") && (
        <HeadLink to="/documents/setup" icon="settings-2" title={t("setup")} testId="to-setup" />
      )}
      <ExportButton kind={DOCUMENTS.code} query={query} shown={told} />
      {journal && <JournalDialog onClose={() => setJournal(false)} />}
    </div>
  );
}
