import { addTexts } from "../../ui/texts";

const words = {
  pick: "Выбрать человека",
  find: "Имя или фамилия",
  me: "Я",
  nobody: "Никого не нашли. Проверьте, приглашён ли этот человек.",
  none: "Не назначен",
  blocked: "заблокирован",
  done: "Готово",
  untaken: "Выберите человека из списка или сотрите буквы",
} as const;

declare module "i18next" {
  interface ResourceNamespaceMap {
    people: { [K in keyof typeof words]: string };
  }
}

addTexts("people", words);
