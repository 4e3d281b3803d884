import { addTexts } from "../../ui/texts";

const words = {
  dueFind: "завтра, пт 15:00, 15.3, +3",
  dueHint: "Не понимаем эту дату. Попробуйте «завтра», «пт» или «15.3».",
  dueToday: "Сегодня",
  dueTomorrow: "Завтра",
  dueFriday: "В пятницу",
  dueMonday: "В понедельник",
  dueNone: "Без срока",
  pickDate: "Выбрать срок",
  dayPlaceholder: "дд.мм.гггг",
  pickDay: "Выбрать день",
  prevMonth: "Предыдущий месяц",
  nextMonth: "Следующий месяц",
  conflictTitle: "Пока вы правили, это изменил кто-то другой",
  conflictText: "Ничего не потеряно: выберите, что оставить.",
  mine: "У вас",
  theirs: "Сейчас в карточке",
  keepMine: "Сохранить моё",
  takeTheirs: "Оставить как есть",
  empty: "пусто",
  notSaved: "Не сохранилось: {{reason}}",
} as const;

declare module "i18next" {
  interface ResourceNamespaceMap {
    forms: { [K in keyof typeof words]: string };
  }
}

addTexts("forms", words);
