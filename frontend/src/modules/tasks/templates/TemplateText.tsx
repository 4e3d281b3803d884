import { useTranslation } from "react-i18next";
import { sendOne } from "../../../core/attachments/choose";
import { addressOfFile } from "../../../core/attachments/files";
import { attach } from "../../../core/attachments/uploads";
import { viewFile } from "../../../core/attachments/viewing";
import { saveField } from "../../../core/entities/card";
import { keys, refOf } from "../../../core/entities/kind";
import { wordsOfHtml } from "../../../core/richtext/html";
import { RichField } from "../../../core/richtext/RichField";
import { cache } from "../../../core/session/cache";
import { TASKS } from "../task";
import { TEMPLATES, type Template } from "./template";
import "./words";

/** What each task will say; its pictures are files of the template, and each task shows copies of its own. */
export function TemplateText({ template, canEdit }: { template: Template; canEdit: boolean }) {
  const { t } = useTranslation("templates");
  const html = template.description_html;
  // The row of the list does not know the text: until the card has come there is nothing to edit.
  if (html === undefined || (!html && !canEdit)) return null;

  const picture = async (file: File) => {
    const id = await sendOne(`${TEMPLATES.path}/${template.id}/attachments/`, file);
    void cache.invalidateQueries({ queryKey: keys.files(TEMPLATES, template.id) });
    return addressOfFile(id);
  };
  const save = (next: string, seen: string) =>
    void saveField<Template>(TEMPLATES, template, {
      field: "description",
      value: next,
      shown: { description: next, description_html: next },
      seen,
      words: (card) => wordsOfHtml(card.description_html ?? ""),
    });

  return (
    <RichField
      label={t("description")}
      html={html}
      placeholder={t("descriptionPlaceholder")}
      readOnly={!canEdit}
      draftKey={`pult.draft.${refOf(TEMPLATES, template.id)}.description`}
      near={TASKS.code}
      picture={picture}
      others={(files) => attach(TEMPLATES, template.id, files)}
      onPicture={(id) => viewFile(TEMPLATES, template.id, id)}
      onSave={save}
      data-testid="card-description"
    />
  );
}
