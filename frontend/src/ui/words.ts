import { addTexts } from "./texts";

/** Words of the kit itself: dates, sizes, buttons that every screen has. */
export const words = {
  close: "Закрыть",
  cancel: "Отмена",
  save: "Сохранить",
  undo: "Вернуть",
  retry: "Повторить",
  more: "Ещё",
  clear: "Очистить",
  loading: "Загружаем…",
  fieldMissing: "Заполните это поле",
  fieldEmail: "Это не похоже на адрес почты. Нужен вида ivanova@sever.ru",
  fieldRange: "Нужно число от {{min}} до {{max}}",
  fieldWrong: "Проверьте это поле",
  deleted: "Удалено.",
  today: "сегодня",
  yesterday: "вчера",
  tomorrow: "завтра",
  at: "{{day}}, {{time}}",
  bytes: "{{value}} Б",
  kilobytes: "{{value}} КБ",
  megabytes: "{{value}} МБ",
  gigabytes: "{{value}} ГБ",
  minutes_one: "{{count}} минута",
  minutes_few: "{{count}} минуты",
  minutes_many: "{{count}} минут",
  minutes_other: "{{count}} минуты",
  days_one: "{{count}} день",
  days_few: "{{count}} дня",
  days_many: "{{count}} дней",
  days_other: "{{count}} дня",
  people_one: "{{count}} человек",
  people_few: "{{count}} человека",
  people_many: "{{count}} человек",
  people_other: "{{count}} человека",
  left: "осталось {{span}}",
  late: "просрочено на {{span}}",
  spanDays: "{{days}} д {{hours}} ч",
  spanHours: "{{hours}} ч {{minutes}} мин",
  spanMinutes: "{{minutes}} мин",
  failed: "Не получилось открыть",
  offlineTitle: "Нет связи с сервером",
  offlineText: "Проверьте интернет. Как только связь появится, попробуем снова.",
  wrongTitle: "Что-то пошло не так",
  wrongText: "Обновите страницу; если не поможет, напишите администратору.",
  reload: "Обновить страницу",
} as const;

type Sentences = { [K in keyof typeof words]: string };

declare module "i18next" {
  interface ResourceNamespaceMap {
    ui: Sentences;
  }
}

addTexts("ui", words);
