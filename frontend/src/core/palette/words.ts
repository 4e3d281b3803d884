import { addTexts } from "../../ui/texts";

const words = {
  title: "Поиск и команды",
  search: "Найти карточку, человека или команду",
  first: "Лучшее совпадение",
  here: "На этом экране",
  goTo: "Перейти",
  commands: "Команды",
  nothing: "Карточек не нашли. Попробуйте другое слово или номер.",
  move: "выбрать",
  open: "открыть",
  beside: "в новой вкладке",
  close: "закрыть",
  closeIt: "Закрыть поиск",
} as const;

declare module "i18next" {
  interface ResourceNamespaceMap {
    palette: { [K in keyof typeof words]: string };
  }
}

addTexts("palette", words);
