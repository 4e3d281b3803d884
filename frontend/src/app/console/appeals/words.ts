import { addTexts } from "../../../ui/texts";

const words = {
  title: "Обращения",
  waiting: "Ждут ответа: {{count}}",
  state: "Состояние",
  every: "Любое состояние",
  stateNew: "Ждёт ответа",
  stateAnswered: "Отвечено",
  stateWaiting: "Ждёт клиента",
  stateClosed: "Закрыто",
  whose: "Чьё",
  anyones: "Чьё угодно",
  mine: "Моё",
  free: "Ничьё",
  ofCompany: "Только этой компании",
  none: "Обращений нет",
  noneText: "Измените условия. Сюда приходит всё, что люди пишут через «Помощь».",
  topic: "Обращение",
  company: "Компания",
  taken: "Кто ведёт",
  nobody: "никто",
  moved: "Последнее слово",
  asked: "Написал(а) {{who}}, {{when}}",
  plan: "Тариф",
  take: "Взять себе",
  close: "Закрыть",
  closed: "Обращение закрыто.",
  answer: "Ответ",
  note: "Заметка",
  kind: "Что написать",
  answerHint: "Придёт в продукт и на почту",
  noteHint: "Компания этого не увидит",
  waits: "Жду ответа клиента",
  send: "Отправить",
  saved: "Записано в журнал.",
  earlier: "Показать раньше",
  noteMark: "заметка",
  companyOnly: "Обращения этой компании",
} as const;

declare module "i18next" {
  interface ResourceNamespaceMap {
    appeals: { [K in keyof typeof words]: string };
  }
}

addTexts("appeals", words);
