import { addTexts } from "../../ui/texts";

const words = {
  title: "Уведомления",
  unread: "Уведомления, непрочитанных: {{count}}",
  readAll: "Прочитать все",
  all: "Все уведомления",
  onlyUnread: "Непрочитанные",
  every: "Все",
  more: "Показать ещё",
  empty: "Пока тихо",
  emptyText: "Здесь появится то, что касается вас: новые задачи, ответы, сроки.",
  emptyUnread: "Всё прочитано",
  settings: "Настроить",
  offer: "Узнавайте о новом, даже когда Пульт закрыт.",
  offerOpen: "Включить",
  offerClose: "Больше не предлагать",
  sendings: "Оповещения",
  sendingsShow_one: "{{count}} отправка",
  sendingsShow_few: "{{count}} отправки",
  sendingsShow_many: "{{count}} отправок",
  sendingsShow_other: "{{count}} отправки",
  sendingsNone: "По этой карточке писем и сообщений не отправляли.",
  mute: "Не уведомлять меня",
  unmute: "Снова уведомлять",
  muted: "Уведомления об этой карточке выключены. Упоминания всё равно придут.",
  extra: "Сообщить ещё",
  mail: "Письмо",
  telegram: "Telegram",
  sms: "SMS",
  mailOff: "Письма выключены: их включает администратор в разделе «Интеграции».",
  smsOff: "SMS не подключены: это делает администратор в настройках, раздел «Интеграции».",
  telegramOff: "Telegram не подключён: это делает администратор в настройках, раздел «Интеграции».",
} as const;

declare module "i18next" {
  interface ResourceNamespaceMap {
    notices: { [K in keyof typeof words]: string };
  }
}

addTexts("notices", words);
