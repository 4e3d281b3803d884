import { addTexts } from "../../../ui/texts";

const words = {
  title: "Интеграции",
  demo: "демо-режим",
  demoText: "Наружу ничего не уходит: обмен идёт с песочницей на этой машине.",
  phone: "Открыть телефон песочницы",
  mode: "Как подключено",
  token: "Ключ бота",
  tokenHint: "Его даёт @BotFather. Хранится зашифрованным, показать его снова нельзя.",
  provider: "Провайдер",
  login: "Логин или e-mail",
  password: "Пароль или ключ API",
  address: "Адрес запроса",
  addressHint:
    "Подставим: {phone} — телефон, {text} — текст, {sender} — имя отправителя, {key} — ключ, {id} — наш номер сообщения.",
  body: "Тело запроса",
  bodyHint: "Пусто — запрос GET. Иначе POST: форма или JSON с теми же подстановками.",
  accepted: "Слово в хорошем ответе",
  acceptedHint: "Например, ok. Пусто — хватит кода 2xx.",
  sender: "Имя отправителя",
  senderHint: "Согласованное с провайдером. Пусто — имя провайдера.",
  details: "Названия и имена в сообщениях",
  detailsText:
    "Telegram — иностранная служба. Пока выключено, в сообщениях только вид события, номер и ссылка.",
  push: "Уведомления браузера",
  pushText: "Их включает каждый у себя; наружу они уходят зашифрованными для его браузера.",
  save: "Сохранить",
  saved: "Сохранено.",
  check: "Проверить",
  checking: "Проверяем…",
  works: "Отвечает, проверено {{when}}",
  unchecked: "Ещё не проверяли",
  bot: "Бот @{{name}}",
  balance: "На счёте {{sum}} ₽",
  log: "Обмен",
  logEmpty: "Сообщений ещё не было.",
  segments_one: "{{count}} часть",
  segments_few: "{{count}} части",
  segments_many: "{{count}} частей",
  segments_other: "{{count}} части",
  attempts_one: "{{count}} попытка",
  attempts_few: "{{count}} попытки",
  attempts_many: "{{count}} попыток",
  attempts_other: "{{count}} попытки",
  price: "{{sum}} ₽",
  more: "Показать ещё",
} as const;

declare module "i18next" {
  interface ResourceNamespaceMap {
    gateways: { [K in keyof typeof words]: string };
  }
}

addTexts("gateways", words);
