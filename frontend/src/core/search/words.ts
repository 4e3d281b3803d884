import { addTexts } from "../../ui/texts";

const words = {
  title: "Поиск",
  placeholder: "Слово, номер, имя, текст комментария или файл",
  field: "Что найти",
  clear: "Очистить",
  kinds: "Что показывать",
  all: "Всё",
  shownFor: "Показано по запросу «{{text}}»",
  results: "Найденное",
  more: "Показать ещё",
  tooShort: "Введите ещё букву: по одной карточки не ищем.",
  start: "Найдите любую карточку",
  startText:
    "Ищем по номерам, названиям, описаниям, комментариям и именам файлов, в любой форме слова. «Слова в кавычках» ищутся подряд, минус перед словом убирает лишнее.",
  nothing: "Ничего не нашли",
  nothingText:
    "Проверьте, нет ли опечатки, или попробуйте меньше слов. Находится только то, что вам открыто.",
  nothingOfKind: "Здесь ничего не нашли. Поищите среди всего.",
  failed: "Поиск не ответил",
  in_text: "В описании",
  in_comment: "В комментарии",
  in_file: "В имени файла",
  recent: "Недавние",
  found: "Карточки",
  showAll: "Все результаты: «{{text}}»",
  searching: "Ищем…",
} as const;

declare module "i18next" {
  interface ResourceNamespaceMap {
    search: { [K in keyof typeof words]: string };
  }
}

addTexts("search", words);
