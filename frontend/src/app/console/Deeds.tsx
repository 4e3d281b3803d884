import { useTranslation } from "react-i18next";
import type { Deed } from "../../api/console";
import { momentText } from "../../ui/format";
import { usePages } from "./data";
import { Listed } from "./Listed";
import { nameOf, valueText } from "./told";
import "./console.css";
import "./words";

/** Lines of the journal: who, when, from where, what it was and what it became, why. */
export function Deeds({ query }: { query: Record<string, string | number> }) {
  const { t } = useTranslation("console");
  const pages = usePages<Deed>("audit/", query);
  return (
    <Listed pages={pages} icon="list-ordered" none={t("auditNone")} noneText={t("auditNoneText")}>
      {(rows) => (
        <table className="con-tbl">
          <thead>
            <tr>
              <th>{t("when")}</th>
              <th>{t("who")}</th>
              <th>{t("what")}</th>
              <th>{t("company")}</th>
              <th>{t("where")}</th>
              <th>{t("reason")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id} data-testid={`deed-${row.kind}`}>
                <td className="num">{momentText(row.at)}</td>
                <td data-label={t("who")}>{row.who}</td>
                <td data-label={t("what")}>
                  {row.title}
                  <Changed row={row} />
                </td>
                <td data-label={t("company")}>{row.company_slug || "—"}</td>
                <td data-label={t("where")} className="num">
                  {row.door === "command" ? t("command") : (row.ip ?? "—")}
                </td>
                <td data-label={t("reason")}>{row.reason || "—"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Listed>
  );
}

function Changed({ row }: { row: Deed }) {
  const before = row.before as Record<string, unknown>;
  const after = row.after as Record<string, unknown>;
  const known = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const names = known.filter((name) => nameOf(name));
  if (names.length === 0) return null;
  return (
    <div className="f12 t3 con-changed">
      {names.map((name) => (
        <div key={name}>
          {nameOf(name)}: {name in before && name in after ? `${valueText(before[name])} → ` : ""}
          {valueText(name in after ? after[name] : before[name])}
        </div>
      ))}
    </div>
  );
}
