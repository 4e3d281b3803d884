import { addTexts } from "../../ui/texts";

const words = {
  title: "Ждёт меня",
  calm: "Никто ничего не ждёт",
  calmText: "Новые поручения, просьбы и бумаги на ознакомление появятся здесь сами.",
  more: "Показать ещё",
  keys: "J и K — по строкам, Enter — открыть, буква у кнопки — сделать",
  noDue: "без срока",
  asksTo: "просит {{due}}",
  whole: "Вся очередь",
  open: "Открыть",
} as const;

declare module "i18next" {
  interface ResourceNamespaceMap {
    waiting: { [K in keyof typeof words]: string };
  }
}

addTexts("waiting", words);
