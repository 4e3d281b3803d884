import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { ReportLine, ReportPerson, ReportStage } from "../../../api/documents";
import { PersonChip } from "../../../core/people/PersonChip";
import { useHiddenFields } from "../../../core/session/session";
import { countText } from "../../../ui/format";
import { DOCUMENTS, STATUSES, statusTitle } from "../document";
import type { DocumentSearch } from "../query";
import { LATE, lateNow, ofType, sumOf } from "./figures";
import "./words";

interface FigureProps {
  value: number;
  search: DocumentSearch;
  late?: boolean;
  testId: string;
}

/** A figure leads to its rows; nothing is a dash. */
function Figure({ value, search, late, testId }: FigureProps) {
  if (value === 0) return <span className="t3">—</span>;
  return (
    <Link
      to={DOCUMENTS.route as never}
      search={search as never}
      className={late ? "red" : undefined}
      data-testid={testId}
    >
      {countText(value)}
    </Link>
  );
}

/** Drafts are their authors' alone, so they are in no report. */
const SHOWN = STATUSES.filter((code) => code !== "draft");

/** Types down, states across. */
export function TypesTable({ lines }: { lines: ReportLine[] }) {
  const { t } = useTranslation("documents_report");
  const rows = lines.filter((line) => line.total > 0);
  const shown = SHOWN.filter((code) => sumOf(rows, code) > 0 || code !== "cancelled");
  const late = lateNow();
  const hasDues = !useHiddenFields(DOCUMENTS.code).has("due_at");
  return (
    <section className="doc-box">
      <h2 className="doc-h2">{t("types")}</h2>
      <table className="doc-t doc-figures">
        <caption className="vh">{t("types")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("type")}</th>
            {shown.map((code) => (
              <th key={code} scope="col" className="num">
                {statusTitle(code)}
              </th>
            ))}
            <th scope="col" className="num">
              {t("total")}
            </th>
            {hasDues && (
              <th scope="col" className="num">
                {t("late")}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((line) => (
            <tr key={line.code} data-testid="report-type">
              <th scope="row">{line.title}</th>
              {shown.map((code) => (
                <td key={code} className="num" data-label={statusTitle(code)}>
                  <Figure
                    value={line.counts[code] ?? 0}
                    search={{ ...ofType(line.code), status: code }}
                    testId={`figure-${line.code || "own"}-${code}`}
                  />
                </td>
              ))}
              <td className="num" data-label={t("total")}>
                <Figure
                  value={line.total}
                  search={ofType(line.code)}
                  testId={`figure-${line.code || "own"}-total`}
                />
              </td>
              {hasDues && (
                <td className="num" data-label={t("late")}>
                  <Figure
                    value={line.late}
                    search={{ ...ofType(line.code), ...late }}
                    late
                    testId={`figure-${line.code || "own"}-late`}
                  />
                </td>
              )}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t("all")}</th>
            {shown.map((code) => (
              <td key={code} className="num" data-label={statusTitle(code)}>
                <Figure
                  value={sumOf(rows, code)}
                  search={{ status: code }}
                  testId={`figure-all-${code}`}
                />
              </td>
            ))}
            <td className="num" data-label={t("total")}>
              <Figure value={sumOf(rows, "total")} search={{}} testId="figure-all-total" />
            </td>
            <td className="num" data-label={t("late")}>
              <Figure value={sumOf(rows, LATE)} search={late} late testId="figure-all-late" />
            </td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

/** At which stages of which routes documents stand. */
export function StagesTable({ lines }: { lines: ReportStage[] }) {
  const { t } = useTranslation("documents_report");
  if (lines.length === 0) return null;
  return (
    <section className="doc-box">
      <h2 className="doc-h2">{t("stages")}</h2>
      <table className="doc-t doc-figures doc-few">
        <caption className="vh">{t("stages")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("stage")}</th>
            <th scope="col">{t("route")}</th>
            <th scope="col" className="num">
              {t("count")}
            </th>
            <th scope="col" className="num">
              {t("late")}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={`${line.stage}-${line.title}`} data-testid="report-stage">
              <th scope="row">{line.title}</th>
              <td data-label={t("route")}>{line.route}</td>
              <td className="num" data-label={t("count")}>
                <Figure value={line.count} search={{ stage: line.stage }} testId="figure-stage" />
              </td>
              <td className="num" data-label={t("late")}>
                <Figure
                  value={line.late}
                  search={{ stage: line.stage, stage_late: "true" }}
                  late
                  testId="figure-stage-late"
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface PeopleTableProps {
  title: string;
  lines: ReportPerson[];
  /** By which filter the list shows the rows of one. */
  by: "holder" | "responsible";
}

/** With whom documents are: on their way, or to be executed. */
export function PeopleTable({ title, lines, by }: PeopleTableProps) {
  const { t } = useTranslation("documents_report");
  const hasDues = !useHiddenFields(DOCUMENTS.code).has("due_at");
  if (lines.length === 0) return null;
  const hasLate = by === "holder" || hasDues;
  const open: DocumentSearch = by === "holder" ? {} : { state: "open" };
  const late: DocumentSearch = by === "holder" ? { stage_late: "true" } : lateNow();
  return (
    <section className="doc-box">
      <h2 className="doc-h2">{title}</h2>
      <table className="doc-t doc-figures doc-few">
        <caption className="vh">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{t("person")}</th>
            <th scope="col" className="num">
              {t("count")}
            </th>
            {hasLate && (
              <th scope="col" className="num">
                {t("late")}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => {
            const whose = { [by]: String(line.person.id) };
            return (
              <tr key={line.person.id} data-testid={`report-${by}`}>
                <th scope="row">
                  <PersonChip person={line.person} />
                </th>
                <td className="num" data-label={t("count")}>
                  <Figure
                    value={line.count}
                    search={{ ...whose, ...open }}
                    testId={`figure-${by}`}
                  />
                </td>
                {hasLate && (
                  <td className="num" data-label={t("late")}>
                    <Figure
                      value={line.late}
                      search={{ ...whose, ...late }}
                      late
                      testId={`figure-${by}-late`}
                    />
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
