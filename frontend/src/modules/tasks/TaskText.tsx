import { useTranslation } from "react-i18next";
import { sendOne } from "../../core/attachments/choose";
import { addressOfFile } from "../../core/attachments/files";
import { attach } from "../../core/attachments/uploads";
import { viewFile } from "../../core/attachments/viewing";
import { saveField } from "../../core/entities/card";
import { keys, refOf } from "../../core/entities/kind";
import { wordsOfHtml } from "../../core/richtext/html";
import { RichField } from "../../core/richtext/RichField";
import { cache } from "../../core/session/cache";
import { useFieldLevels } from "../../core/session/session";
import { TASKS, type Task } from "./task";
import "./words";

/** What is to be done, in formatted words; pictures in it are files of the card. */
export function TaskText({ task, canEdit }: { task: Task; canEdit: boolean }) {
  const { t } = useTranslation("tasks");
  const level = useFieldLevels(TASKS.code)("description");
  const edits = canEdit && level === "write";
  const html = task.description_html;
  // The row of the list does not know the text: until the card has come there is nothing to edit.
  if (html === undefined) return null;
  if (level === "hidden" || (!html && !edits)) return null;

  const picture = async (file: File) => {
    const id = await sendOne(`tasks/${task.id}/attachments/`, file);
    void cache.invalidateQueries({ queryKey: keys.files(TASKS, task.id) });
    return addressOfFile(id);
  };
  const save = (next: string, seen: string) =>
    void saveField<Task>(TASKS, task, {
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
      readOnly={!edits}
      draftKey={`pult.draft.${refOf(TASKS, task.id)}.description`}
      near={TASKS.code}
      picture={task.can?.attach ? picture : undefined}
      others={(files) => attach(TASKS, task.id, files)}
      onPicture={(id) => viewFile(TASKS, task.id, id)}
      onSave={save}
      data-testid="card-description"
    />
  );
}
