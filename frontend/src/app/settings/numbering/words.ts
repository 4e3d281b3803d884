import { addTexts } from "../../../ui/texts";

const words = {
  title: "Нумерация",
  about: "Номер карточка получает один раз. Новая маска действует для новых карточек.",
  mask: "Маска номера",
  maskHint: "{#} или {####} — счётчик; {ГГГГ}, {ГГ}, {КВ}, {ММ}, {ДД} — год, квартал, месяц и день",
  period: "Счётчик начинается заново",
  none: "Никогда",
  year: "Каждый год",
  quarter: "Каждый квартал",
  month: "Каждый месяц",
  day: "Каждый день",
  next: "Начать с",
  nextHint: "Пусто — со следующего свободного",
  upcoming: "Следующие номера: {{numbers}}",
  saved: "Нумерация изменена.",
} as const;

declare module "i18next" {
  interface ResourceNamespaceMap {
    numbering: { [K in keyof typeof words]: string };
  }
}

addTexts("numbering", words);
