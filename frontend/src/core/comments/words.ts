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
  away: "Нет связи с сервером. Текст остался здесь, отправьте ещё раз.",
  unknown: "коллега",
  unheard_one:
    "Не увидит: {{names}} — нет доступа к карточке. Пригласить может инициатор или исполнитель.",
  unheard_few:
    "Не увидят: {{names}} — нет доступа к карточке. Пригласить может инициатор или исполнитель.",
  unheard_many:
    "Не увидят: {{names}} — нет доступа к карточке. Пригласить может инициатор или исполнитель.",
  unheard_other:
    "Не увидят: {{names}} — нет доступа к карточке. Пригласить может инициатор или исполнитель.",
} as const;

declare module "i18next" {
  interface ResourceNamespaceMap {
    comments: { [K in keyof typeof words]: string };
  }
}

addTexts("comments", words);
