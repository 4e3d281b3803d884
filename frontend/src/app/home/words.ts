import { addTexts } from "../../ui/texts";

const words = {
  title: "Мой день",
  waiting: "Ждёт меня",
  calm: "На сегодня всё",
  calmText: "Ничего не просрочено, никто не ждёт вашего ответа. Можно заняться важным.",
  calmWithoutTasks: "Никто не ждёт вашего ответа.",
  create: "Поставить задачу",
  inviteTitle: "Начните с людей",
  inviteText: "Пульт оживает, когда в нём есть коллеги: пригласите первых.",
  invite: "Пригласить коллег",
  given: "Задачи в цифрах",
  givenOpen: "поручил",
  givenLate: "просрочено",
  watching: "наблюдаю",
  done: "{{number}}: готово.",
  doneAccept: "Задача {{number}} принята.",
  doneStart: "Задача {{number}} в работе.",
  doneSubmit: "Задача {{number}} сдана на проверку.",
  doneClose: "Задача {{number}} закрыта.",
  doneReturn: "Задача {{number}} возвращена.",
  noDue: "без срока",
  showAll: "Показать все",
} as const;

declare module "i18next" {
  interface ResourceNamespaceMap {
    home: { [K in keyof typeof words]: string };
  }
}

addTexts("home", words);
