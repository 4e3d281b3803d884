import { addTexts } from "../../ui/texts";

const words = {
  title: "Привязки",
  add: "Привязать",
  empty: "Привяжите карточки, с которыми это связано: обе покажут друг друга.",
  find: "Номер, название или имя",
  findHint: "Введите номер, название или имя",
  picking: "Привязать карточку",
  relation: "Как связано",
  nothing: "Ничего не нашлось. Проверьте номер или название.",
  already: "уже привязано",
  remove: "Убрать привязку: {{title}}",
  removed: "Привязка убрана.",
  rest: "Показать ещё {{count}}",
  made: "Задача привязана к карточке.",
  failedToFind: "Не получилось найти. Проверьте связь и повторите.",
} as const;

declare module "i18next" {
  interface ResourceNamespaceMap {
    links: { [K in keyof typeof words]: string };
  }
}

addTexts("links", words);
