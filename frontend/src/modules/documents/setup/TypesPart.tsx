import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { DocumentRules } from "../../../api/documents";
import { sentenceOf } from "../../../api/problem";
import { useRoles } from "../../../core/people/directories";
import { Icon } from "../../../ui/icon";
import { Tag } from "../../../ui/marks";
import { Failed, Waiting } from "../../../ui/state";
import { DIRECTION_ICONS } from "../document";
import { useDocumentTypes } from "../reads";
import { TypeDialog } from "./TypeDialog";
import "./words";

const hasMarks = (type: DocumentRules): boolean =>
  type.needs_route || type.is_closed || type.has_lines || type.reader_roles.length > 0;

/** Every type with what it asks for, in a line; a press opens its rules. */
export function TypesPart() {
  const { t } = useTranslation("documents_setup");
  const types = useDocumentTypes();
  const roles = useRoles().data ?? [];
  const [edited, setEdited] = useState<DocumentRules | null>(null);
  if (types.isPending) return <Waiting rows={8} />;
  if (!types.data) {
    return <Failed text={sentenceOf(types.error)} onRetry={() => void types.refetch()} />;
  }
  const titles = (codes: string[]) =>
    codes.map((code) => roles.find((one) => one.code === code)?.title ?? code).join(", ");
  return (
    <div className="doc-box">
      <p className="hint doc-intro">{t("typesNote")}</p>
      <table className="doc-t">
        <caption className="vh">{t("types")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("type")}</th>
            <th scope="col">{t("direction")}</th>
            <th scope="col">{t("whoCreates")}</th>
            <th scope="col">{t("whoRegisters")}</th>
            <th scope="col">{t("answer")}</th>
            <th scope="col">{t("marks")}</th>
          </tr>
        </thead>
        <tbody>
          {types.data.map((one) => (
            <tr key={one.code} data-testid="type-row">
              <th scope="row">
                <button
                  type="button"
                  className="link row"
                  onClick={() => setEdited(one)}
                  data-testid={`type-${one.code || "own"}`}
                >
                  <Icon name={DIRECTION_ICONS[one.direction]} size={14} />
                  {one.title}
                </button>
              </th>
              <td data-label={t("direction")}>{t(`direction_${one.direction}`)}</td>
              <td data-label={t("whoCreates")}>{titles(one.create_roles) || t("everyone")}</td>
              <td data-label={t("whoRegisters")}>
                {titles(one.register_roles) ||
                  t(one.author_registers ? "authorRegisters" : "officeRegisters")}
              </td>
              <td data-label={t("answer")}>
                {one.answer_days > 0 ? t("workdays", { count: one.answer_days }) : "—"}
              </td>
              <td data-label={hasMarks(one) ? t("marks") : undefined}>
                <span className="row doc-marks">
                  {one.needs_route && <Tag tone="violet">{t("needsRouteShort")}</Tag>}
                  {one.is_closed && <Tag tone="amber">{t("closedShort")}</Tag>}
                  {one.has_lines && <Tag tone="green">{t("linesShort")}</Tag>}
                  {one.reader_roles.length > 0 && <Tag tone="blue">{t("readShort")}</Tag>}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {edited && <TypeDialog type={edited} roles={roles} onClose={() => setEdited(null)} />}
    </div>
  );
}
