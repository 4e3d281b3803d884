import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { openComposer } from "../../../core/entities/module";
import { HeadLink } from "../../../core/lists/HeadLink";
import type { ListQuery } from "../../../core/lists/pages";
import { may, useMe } from "../../../core/session/session";
import { ExportButton } from "../../../core/sheets/ExportButton";
import { useOwnStatuses } from "../../../core/statuses/statuses";
import { Button, IconButton } from "../../../ui/button";
import type { IconName } from "../../../ui/icon";
import { Menu } from "../../../ui/menu";
import { usePhone } from "../../../ui/screen";
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
  const phone = usePhone();
  const navigate = useNavigate();
  const [journal, setJournal] = useState(false);
  const isRefined = useOwnStatuses(DOCUMENTS).length > 0;
  const leading = (to: string) => ({ to, run: () => void navigate({ to } as never) });
  const more: { to: string; icon: IconName; title: string; testId: string; run: () => void }[] = [
    {
      icon: "layers",
      title: t("nomenclature"),
      testId: "to-case-files",
      ...leading("/documents/files"),
    },
    {
      to: "",
      icon: "printer",
      title: t("journal"),
      testId: "to-journal",
      run: () => setJournal(true),
    },
    ...(may(me, "documents.rules")
      ? [
          {
            icon: "settings-2" as const,
            title: t("setup"),
            testId: "to-setup",
            ...leading("/documents/setup"),
          },
        ]
      : []),
  ];
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
      <HeadLink to="/documents/report" icon="chart-column" title={t("report")} testId="to-report" />
      {phone ? (
        <Menu
          label={t("more")}
          alignEnd
          items={more.map((one) => ({ ...one, key: one.to || "journal" }))}
          trigger={(open) => (
            <IconButton icon="layers" label={t("more")} {...open} data-testid="head-more" />
          )}
        />
      ) : (
        more.map(({ to, icon, title, testId, run }) =>
          to ? (
            <HeadLink key={to} to={to} icon={icon} title={title} testId={testId} />
          ) : (
            <IconButton key={testId} icon={icon} label={title} onClick={run} data-testid={testId} />
          ),
        )
      )}
      <ExportButton kind={DOCUMENTS.code} query={query} shown={told} />
      {journal && <JournalDialog onClose={() => setJournal(false)} />}
    </div>
  );
}
