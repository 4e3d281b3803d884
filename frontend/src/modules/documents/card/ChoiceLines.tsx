import { useTranslation } from "react-i18next";
import { sentenceOf } from "../../../api/problem";
import { put } from "../../../api/request";
import { CardField } from "../../../core/cards/CardParts";
import { saveField, settle } from "../../../core/entities/card";
import { keys } from "../../../core/entities/kind";
import { cache } from "../../../core/session/cache";
import { Tag } from "../../../ui/marks";
import { Menu } from "../../../ui/menu";
import { complain } from "../../../ui/toast";
import { DOCUMENTS, type Doc, SECRECIES, secrecyTitle } from "../document";
import type { LineProps } from "./FieldLines";
import "../words";

type Priority = Doc["priority"];
const PRIORITIES: Priority[] = ["normal", "important", "urgent"];

export function PriorityLine({ doc, canEdit }: LineProps) {
  const { t } = useTranslation("documents");
  const shown =
    doc.priority === "normal" ? (
      <span className="t2">{t("priority_normal")}</span>
    ) : (
      <Tag tone={doc.priority === "urgent" ? "red" : "amber"}>{t(`priority_${doc.priority}`)}</Tag>
    );
  const choose = (priority: Priority) =>
    void saveField<Doc>(DOCUMENTS, doc, {
      field: "priority",
      value: priority,
      shown: { priority },
      words: (card) => t(`priority_${card.priority}`),
    });
  return (
    <CardField label={t("priority")}>
      {canEdit ? (
        <Menu
          label={t("priority")}
          items={PRIORITIES.map((one) => ({
            key: one,
            title: t(`priority_${one}`),
            checked: one === doc.priority,
            run: () => choose(one),
          }))}
          trigger={(open) => (
            <button type="button" className="value" {...open} data-testid="card-priority">
              {shown}
            </button>
          )}
        />
      ) : (
        shown
      )}
    </CardField>
  );
}

/** The mark says who sees the document, so it has a door of its own: whoever puts it may see it no more. */
export function SecrecyLine({ doc }: { doc: Doc }) {
  const { t } = useTranslation("documents");
  const may = doc.can?.mark ?? false;
  const choose = async (secrecy: string) => {
    try {
      const path = `documents/${doc.id}/secrecy/`;
      const now = await put<Doc | undefined>(path, { secrecy }, { ifMatch: doc.version });
      if (now) settle(DOCUMENTS, now);
      await cache.invalidateQueries({ queryKey: keys.card(DOCUMENTS, doc.id) });
    } catch (error) {
      complain(sentenceOf(error));
      void cache.invalidateQueries({ queryKey: keys.card(DOCUMENTS, doc.id) });
    }
  };
  const shown = doc.secrecy ? (
    <Tag tone="violet">{secrecyTitle(doc.secrecy)}</Tag>
  ) : (
    <span className="t2">{secrecyTitle("")}</span>
  );
  return (
    <CardField label={t("secrecy")}>
      {may ? (
        <Menu
          label={t("secrecy")}
          items={SECRECIES.map((one) => ({
            key: one || "open",
            title: secrecyTitle(one),
            checked: one === doc.secrecy,
            run: () => void choose(one),
          }))}
          trigger={(open) => (
            <button type="button" className="value" {...open} data-testid="card-secrecy">
              {shown}
            </button>
          )}
        />
      ) : (
        shown
      )}
    </CardField>
  );
}
