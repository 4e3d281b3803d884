import { addTexts } from "../../ui/texts";

const words = {
  tags: "Метки",
  title: "Поля",
  type: "Тип",
  empty: "не заполнено",
  yes: "да",
  no: "нет",
  none: "не выбрано",
  clear: "Очистить «{{title}}»",
  unseen: "Скрыто: у вас нет доступа",
  formula: "Считается по формуле",
  pickCard: "Выбрать карточку",
  findCard: "Номер или название",
  noCards: "Ничего не нашлось",
  putFile: "Приложить файл",
  sending: "Отправляем и проверяем файл…",
  wrongNumber: "Напишите число, например 1500,50",
  wrongDay: "Укажите день, например 15.3 или 15.03.2026",
  archived: "{{title}} (в архиве)",
  notSaved: "Не сохранили «{{title}}»: {{reason}}",
} as const;

declare module "i18next" {
  interface ResourceNamespaceMap {
    fields: { [K in keyof typeof words]: string };
  }
}

addTexts("fields", words);
