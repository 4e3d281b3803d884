import { addTexts } from "../../../ui/texts";

const words = {
  title: "Журнал чтений",
  text: "Кто смотрел и выгружал то, что требует осторожности: личные данные, отмеченные поля, копии и выгрузки компании, чужие права. Самих данных в журнале нет, изменить его нельзя.",
  kept: "Записи хранятся {{days}} дней. Открытие этого журнала тоже записывается.",
  fields: "Какие поля записывать, выбирают в «Типы карточек и поля».",
  kind: "Что",
  kindAll: "Всё",
  dayWrong: "Напишите день, например 15.03.2026",
  reader: "Кто смотрел",
  whose: "Чьи данные",
  clear: "Сбросить",
  since: "С",
  until: "По",
  none: "Записей нет",
  noneText: "Никто не смотрел ничего такого, или отбор слишком узкий.",
  ofWhom: "чьё: {{name}}",
  rows: "значений или строк: {{number}}",
  token: "ключ доступа",
  support: "поддержка",
  job: "файл",
  more: "Показать ещё",
} as const;

declare module "i18next" {
  interface ResourceNamespaceMap {
    reads: { [K in keyof typeof words]: string };
  }
}

addTexts("reads", words);
