import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CaseFile, CaseFiles } from "../../../api/documents";
import { sentenceOf } from "../../../api/problem";
import { get } from "../../../api/request";
import { may, useMe } from "../../../core/session/session";
import { Button } from "../../../ui/button";
import { countText } from "../../../ui/format";
import { Icon } from "../../../ui/icon";
import { usePhone } from "../../../ui/screen";
import { Empty, Failed, Waiting } from "../../../ui/state";
import { DOCUMENTS } from "../document";
import { CASE_FILES, useCaseFiles } from "../reads";
import { CaseFileDialog } from "./CaseFileDialog";
import { CaseFilesTable } from "./CaseFilesTable";
import { DestroyDialog } from "./DestroyDialog";
import "../../../core/lists/lists.css";
import "../documents.css";
import "./words";

interface Search {
  year?: string;
}

/** The nomenclature: files of a year, how long each is kept, what may be destroyed. */
export function Screen() {
  const { t } = useTranslation("documents_setup");
  const navigate = useNavigate();
  const me = useMe();
  const phone = usePhone();
  const manages = may(me, "documents.files");
  const search = useSearch({ strict: false }) as Search;
  const now = new Date().getFullYear();
  const year = Number(search.year) || now;
  const query = useCaseFiles(year);
  const [edited, setEdited] = useState<CaseFile | "new" | null>(null);
  const [destroys, setDestroys] = useState(false);
  const due = useQuery({
    queryKey: [...CASE_FILES, "destruction"],
    enabled: manages,
    queryFn: async () => (await get<CaseFiles>("case-files/destruction/")).results,
  });
  const rows = query.data ?? [];
  const expired = due.data ?? [];
  const turn = (to: number) =>
    void navigate({ to: ".", search: { year: to === now ? undefined : String(to) } } as never);
  const add = manages && (
    <Button look="primary" icon="plus" onClick={() => setEdited("new")} data-testid="case-file-add">
      {t(phone ? "fileAddShort" : "fileAdd")}
    </Button>
  );

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
        <h1>{t("nomenclature")}</h1>
        <span className="grow" />
        {rows.length > 0 && add}
      </div>
      <div className="filters">
        <Button size="sm" icon="chevron-left" onClick={() => turn(year - 1)}>
          {year - 1}
        </Button>
        <b className="num" aria-live="polite" data-testid="files-year">
          {year}
        </b>
        <Button size="sm" onClick={() => turn(year + 1)}>
          {year + 1}
          <Icon name="chevron-right" />
        </Button>
      </div>
      {expired.length > 0 && (
        <div className="notice tone-amber doc-call" role="status">
          <Icon name="trash-2" />
          <span className="grow">{t("expired", { count: expired.length })}</span>
          <Button size="sm" onClick={() => setDestroys(true)} data-testid="files-destroy">
            {t("destroyOpen")}
          </Button>
        </div>
      )}
      {query.isPending && <Waiting rows={8} />}
      {query.isError && rows.length === 0 && (
        <Failed text={sentenceOf(query.error)} onRetry={() => void query.refetch()} />
      )}
      {query.isSuccess && rows.length === 0 && (
        <Empty
          icon="layers"
          title={t("filesEmpty", { year })}
          text={t(manages ? "filesEmptyText" : "filesEmptyRead")}
        >
          {add}
        </Empty>
      )}
      {rows.length > 0 && (
        <>
          <CaseFilesTable rows={rows} onEdit={manages ? setEdited : undefined} />
          <p className="hint doc-foot">
            {t("filesFoot", { count: rows.length, shown: countText(rows.length) })}
          </p>
        </>
      )}
      {edited && (
        <CaseFileDialog
          file={edited === "new" ? null : edited}
          year={year}
          onClose={() => setEdited(null)}
        />
      )}
      {destroys && <DestroyDialog files={expired} onClose={() => setDestroys(false)} />}
    </div>
  );
}
