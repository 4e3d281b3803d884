import { addTexts } from "../../ui/texts";

const words = {
  edit: "Изменить: {{label}}",
  tools: "Оформление",
  bold: "Жирный",
  italic: "Курсив",
  strike: "Зачёркнутый",
  code: "Код",
  heading: "Заголовок",
  bulletList: "Список",
  orderedList: "Нумерованный список",
  quote: "Цитата",
  codeBlock: "Блок кода",
  link: "Ссылка",
  linkAddress: "Адрес ссылки",
  linkPut: "Поставить ссылку",
  linkRemove: "Убрать ссылку",
  picture: "Картинка",
  mention: "Упомянуть",
  sending: "Загружаем картинку…",
  pictureFailed: "Картинка не загрузилась. {{reason}}",
  keys: "Ctrl+Enter",
  openPicture: "Открыть картинку {{name}}",
} as const;

declare module "i18next" {
  interface ResourceNamespaceMap {
    richtext: { [K in keyof typeof words]: string };
  }
}

addTexts("richtext", words);
