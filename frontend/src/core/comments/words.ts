import { addTexts } from "../../ui/texts";

const words = {
  placeholder: "Комментарий. @ — позвать коллегу",
  label: "Комментарий",
  send: "Отправить",
  sendHint: "Отправить, Ctrl+Enter",
  mention: "Позвать коллегу",
  attach: "Приложить файл",
  edited: "изменено",
  edit: "Изменить",
  remove: "Удалить",
  actions: "Действия с комментарием",
  removed: "Комментарий удалён.",
  saving: "отправляем…",
  kept: "{{reason}} Текст сохранён, отправьте ещё раз.",
  unknown: "коллега",
} as const;

declare module "i18next" {
  interface ResourceNamespaceMap {
    comments: { [K in keyof typeof words]: string };
  }
}

addTexts("comments", words);
