import { addTexts } from "../../ui/texts";

const words = {
  title: "Метки",
  add: "Метка",
  find: "Найти или создать метку",
  make: "Создать «{{title}}»",
  remove: "Снять метку «{{title}}»",
  none: "Меток пока нет. Напишите первую",
} as const;

declare module "i18next" {
  interface ResourceNamespaceMap {
    tags: { [K in keyof typeof words]: string };
  }
}

addTexts("tags", words);
