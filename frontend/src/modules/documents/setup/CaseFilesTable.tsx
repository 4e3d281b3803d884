import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { CaseFile } from "../../../api/documents";
import { countText, dateText } from "../../../ui/format";
import { Tag } from "../../../ui/marks";
import { DOCUMENTS } from "../document";
import "./words";

interface CaseFilesTableProps {
  rows: CaseFile[];
  /** Absent for whoever only reads. */
  onEdit: ((file: CaseFile) => void) | undefined;
}

const dayText = (day: string): string => dateText(`${day}T12:00:00`);

/** Files with their terms; the figure opens the documents of one. */
export function CaseFilesTable({ rows, onEdit }: CaseFilesTableProps) {
  const { t } = useTranslation("documents_setup");
  const sorted = rows.toSorted((a, b) => a.index.localeCompare(b.index, "ru", { numeric: true }));
  return (
    <div className="doc-box">
      <table className="doc-t">
        <caption className="vh">{t("nomenclature")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("index")}</th>
            <th scope="col">{t("fileTitle")}</th>
            <th scope="col">{t("department")}</th>
            <th scope="col">{t("keep")}</th>
            <th scope="col" className="num">
              {t("held")}
            </th>
            <th scope="col">{t("fileState")}</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => (
            <tr key={row.id} data-testid="case-file-row">
              <td className="num" data-label={t("index")}>
                {row.index}
              </td>
              <th scope="row">
                {onEdit && !row.destroyed_on ? (
                  <button type="button" className="link" onClick={() => onEdit(row)}>
                    {row.title}
                  </button>
                ) : (
                  row.title
                )}
              </th>
              <td data-label={t("department")}>{row.department_title ?? "—"}</td>
              <td data-label={t("keep")}>
                {row.years === null ? t("forever") : t("years", { count: row.years })}
                {row.article && <span className="t3"> · {row.article}</span>}
              </td>
              <td className="num" data-label={t("held")}>
                {row.documents_count > 0 ? (
                  <Link
                    to={DOCUMENTS.route as never}
                    search={{ case_file: String(row.id) } as never}
                    data-testid="case-file-count"
                  >
                    {countText(row.documents_count)}
                  </Link>
                ) : (
                  <span className="t3">—</span>
                )}
              </td>
              <td data-label={t("fileState")}>
                <State row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function State({ row }: { row: CaseFile }) {
  const { t } = useTranslation("documents_setup");
  if (row.destroyed_on) {
    const told = { day: dayText(row.destroyed_on), act: row.destroyed_by_act };
    return <span className="t3">{t("destroyedBy", told)}</span>;
  }
  if (!row.closed_on) return <Tag tone="green">{t("isOpen")}</Tag>;
  const from = row.destroyed_from && t("destroyedFrom", { day: dayText(row.destroyed_from) });
  return (
    <span>
      <Tag>{t("isClosed", { day: dayText(row.closed_on) })}</Tag>
      {from && <span className="t3 f12"> {from}</span>}
    </span>
  );
}
