import { addTexts } from "../../../ui/texts";

const words = {
  title: "Параметры",
  about: "Как работает компания. Изменения действуют сразу и у всех.",
  find: "Найти параметр",
  history: "История",
  historyEmpty: "Здесь ещё ничего не меняли.",
  more: "Показать ещё",
  notFound: "Такого параметра нет",
  notFoundText: "Попробуйте другое слово.",
  usual: "по умолчанию",
  reset: "Вернуть: {{value}}",
  resetLabel: "Вернуть «{{title}}» по умолчанию: {{value}}",
  stands: "Сейчас: {{value}}",
  yes: "да",
  no: "нет",
  nothing: "не задано",
  addPeople: "Добавить сотрудников",
  removePerson: "Убрать: {{name}}",
  unsaved_one: "Изменён {{count}} параметр",
  unsaved_few: "Изменено {{count}} параметра",
  unsaved_many: "Изменено {{count}} параметров",
  unsaved_other: "Изменено {{count}} параметра",
  saved: "Параметры сохранены.",
  numberWanted: "Введите число",
} as const;

declare module "i18next" {
  interface ResourceNamespaceMap {
    options: { [K in keyof typeof words]: string };
  }
}

addTexts("options", words);
