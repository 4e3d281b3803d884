import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { DocumentTemplate } from "../../../api/documents";
import { sentenceOf } from "../../../api/problem";
import { Button } from "../../../ui/button";
import { Icon } from "../../../ui/icon";
import { Tag } from "../../../ui/marks";
import { Empty, Failed, Waiting } from "../../../ui/state";
import { useDocumentTypes, useTemplates } from "../reads";
import { TemplateDialog } from "./TemplateDialog";
import "./words";

/** What new documents begin with; words that stand for nothing are told. */
export function TemplatesPart() {
  const { t } = useTranslation("documents_setup");
  const templates = useTemplates(true);
  const types = useDocumentTypes().data ?? [];
  const [edited, setEdited] = useState<DocumentTemplate | "new" | null>(null);
  if (templates.isPending) return <Waiting rows={6} />;
  if (!templates.data) {
    return <Failed text={sentenceOf(templates.error)} onRetry={() => void templates.refetch()} />;
  }
  const { results, names } = templates.data;
  const living = results.filter((one) => !one.is_archived);
  const rows = [...living, ...results.filter((one) => one.is_archived)];
  const titleOf = (code: string) => types.find((one) => one.code === code)?.title ?? code;
  const add = (
    <Button look="primary" icon="plus" onClick={() => setEdited("new")} data-testid="template-add">
      {t("templateAdd")}
    </Button>
  );
  return (
    <div className="doc-box">
      {rows.length === 0 && (
        <Empty icon="copy" title={t("templatesEmpty")} text={t("templatesEmptyText")}>
          {add}
        </Empty>
      )}
      {rows.length > 0 && (
        <>
          <div className="row doc-intro">
            <p className="hint grow">{t("templatesNote")}</p>
            {add}
          </div>
          <table className="doc-t">
            <caption className="vh">{t("templates")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("template")}</th>
                <th scope="col">{t("type")}</th>
                <th scope="col">{t("subject")}</th>
                <th scope="col">{t("marks")}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((one) => (
                <tr key={one.id} data-testid="template-row">
                  <th scope="row">
                    <button type="button" className="link" onClick={() => setEdited(one)}>
                      {one.title}
                    </button>
                  </th>
                  <td data-label={t("type")}>{titleOf(one.card_type)}</td>
                  <td data-label={t("subject")}>{one.subject}</td>
                  <td
                    data-label={one.is_archived || one.unknown.length > 0 ? t("marks") : undefined}
                  >
                    {one.is_archived && <Tag>{t("archived")}</Tag>}
                    {one.unknown.length > 0 && (
                      <span className="row red f12">
                        <Icon name="circle-alert" size={14} />
                        {t("unknown", { names: one.unknown.join(", ") })}
                      </span>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      {edited && (
        <TemplateDialog
          template={edited === "new" ? null : edited}
          types={types}
          names={names}
          onClose={() => setEdited(null)}
        />
      )}
    </div>
  );
}
