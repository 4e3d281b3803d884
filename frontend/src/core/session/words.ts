import { addTexts } from "../../ui/texts";

const words = {
  expiredTitle: "Сеанс закончился",
  closedTitle: "Доступ закрыт",
  expiredText: "Введите пароль, и продолжим с того же места. Набранное сохранено.",
  account: "Почта для входа",
  password: "Пароль",
  code: "Код из приложения",
  codeHint: "Шесть цифр из приложения-аутентификатора или резервный код",
  enter: "Войти",
  other: "Войти под другим именем",
  lost: "Нет связи. Набранное сохранено, подключаемся снова…",
  slowed:
    "Слишком много запросов сразу. Набранное сохранено, повторим сами через несколько секунд…",
  lostNow: "Повторить сейчас",
  partWaits: "Нет связи: эта часть откроется, когда сеть вернётся",
  newRelease: "Вышла новая версия. Набранное сохранено.",
  refresh: "Обновить",
} as const;

declare module "i18next" {
  interface ResourceNamespaceMap {
    session: { [K in keyof typeof words]: string };
  }
}

addTexts("session", words);
