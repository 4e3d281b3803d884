import { useTranslation } from "react-i18next";
import { sentenceOf } from "../../../api/problem";
import { put } from "../../../api/request";
import { sendOne } from "../../../core/attachments/choose";
import { addressOfFile, useFiles } from "../../../core/attachments/files";
import { attach } from "../../../core/attachments/uploads";
import { viewFile } from "../../../core/attachments/viewing";
import { saveField, settle } from "../../../core/entities/card";
import { keys, refOf } from "../../../core/entities/kind";
import { wordsOfHtml } from "../../../core/richtext/html";
import { RichField } from "../../../core/richtext/RichField";
import { cache } from "../../../core/session/cache";
import { useFieldLevels } from "../../../core/session/session";
import { Icon } from "../../../ui/icon";
import { Menu, type MenuItem } from "../../../ui/menu";
import { complain } from "../../../ui/toast";
import { DOCUMENTS, type Doc } from "../document";
import "../words";

/** What the document says: formatted words, and the file that is its text. */
export function DocumentText({ doc }: { doc: Doc }) {
  const { t } = useTranslation("documents");
  const level = useFieldLevels(DOCUMENTS.code)("content");
  const mayEdit = doc.can?.edit ?? false;
  const edits = mayEdit && level === "write";
  const html = doc.content_html;
  // The row of the list does not know the text: until the card has come there is nothing to edit.
  if (html === undefined) return null;

  const picture = async (file: File) => {
    const id = await sendOne(`documents/${doc.id}/attachments/`, file);
    void cache.invalidateQueries({ queryKey: keys.files(DOCUMENTS, doc.id) });
    return addressOfFile(id);
  };
  return (
    <div className="card-text">
      <TextFile doc={doc} canEdit={mayEdit} />
      {level !== "hidden" && (html || edits) && (
        <RichField
          label={t("content")}
          html={html}
          placeholder={t("contentPlaceholder")}
          readOnly={!edits}
          draftKey={`pult.draft.${refOf(DOCUMENTS, doc.id)}.content`}
          near={DOCUMENTS.code}
          picture={doc.can?.attach ? picture : undefined}
          others={(files) => attach(DOCUMENTS, doc.id, files)}
          onPicture={(id) => viewFile(DOCUMENTS, doc.id, id)}
          onSave={(next, seen) =>
            void saveField<Doc>(DOCUMENTS, doc, {
              field: "content",
              value: next,
              shown: { content: next, content_html: next },
              seen,
              words: (card) => wordsOfHtml(card.content_html ?? ""),
            })
          }
          data-testid="card-content"
        />
      )}
    </div>
  );
}

/** Which of its files is the text; a press looks at it, whoever writes the draft chooses another. */
function TextFile({ doc, canEdit }: { doc: Doc; canEdit: boolean }) {
  const { t } = useTranslation("documents");
  const files = useFiles(DOCUMENTS, doc.id).data ?? [];
  const ready = files.filter((file) => file.state === "ready");
  const { text } = doc;
  if (!text && (!canEdit || ready.length === 0)) return null;
  const choose = async (file: number | null) => {
    try {
      settle(DOCUMENTS, await put<Doc>(`documents/${doc.id}/text/`, { file }));
    } catch (error) {
      complain(sentenceOf(error));
      void cache.invalidateQueries({ queryKey: keys.card(DOCUMENTS, doc.id) });
    }
  };
  const items: MenuItem[] = [
    ...ready.map((file) => ({
      key: String(file.id),
      title: file.name,
      checked: file.id === text?.id,
      run: () => void choose(file.id),
    })),
    ...(text
      ? [
          {
            key: "none",
            title: t("noTextFile"),
            before: "line" as const,
            run: () => void choose(null),
          },
        ]
      : []),
  ];
  return (
    <div className="doc-text-file" data-testid="text-file">
      <Icon name="file-text" />
      <span className="t3 f13">{t("textFile")}</span>
      {text && (
        <button
          type="button"
          className="link el f13"
          onClick={() => viewFile(DOCUMENTS, doc.id, text.id)}
        >
          {text.name}
        </button>
      )}
      {text && text.version > 1 && (
        <span className="t3 f12 num">{t("textVersion", { number: text.version })}</span>
      )}
      {canEdit && ready.length > 0 && (
        <Menu
          label={t("chooseText")}
          items={items}
          width={300}
          trigger={(open) => (
            <button type="button" className="link f13" {...open} data-testid="choose-text">
              {t(text ? "otherText" : "chooseText")}
            </button>
          )}
        />
      )}
    </div>
  );
}
