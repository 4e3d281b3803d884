import { addTexts } from "../../../ui/texts";

const words = {
  title: "Вход и безопасность",
  proofText: "Почта {{email}} ещё не подтверждена: без этого не перейти в другие компании.",
  proofSend: "Прислать письмо",
  proofSent: "Письмо отправлено на {{email}}.",
  email: "Адрес входа",
  emailNow: "Вы входите по адресу {{email}}, на него приходят и письма.",
  emailStart: "Сменить адрес",
  emailText:
    "Пришлём письмо со ссылкой на новый адрес. Пока вы не откроете её, вход остаётся прежним.",
  emailNew: "Новый адрес",
  emailAsk: "Прислать письмо",
  emailSent: "Письмо отправлено на {{email}}.",
  emailWaits: "Откройте ссылку из письма на {{email}}: она действует сутки.",
  emailStop: "Отменить",
  emailStopped: "Адрес входа остаётся прежним.",
  password: "Пароль",
  passwordNow: "Текущий пароль",
  passwordNew: "Новый пароль",
  passwordHint: "Не короче 8 знаков",
  passwordSave: "Сменить пароль",
  passwordSaved: "Пароль изменён. На других устройствах вход завершён.",
  totp: "Вход по коду",
  totpOff:
    "Кроме пароля спрашивать код из приложения на телефоне: чужой пароль тогда ничего не даст.",
  totpOn: "Включён. Резервных кодов осталось: {{count}}.",
  totpStart: "Включить",
  totpStartText: "Чтобы включить вход по коду, подтвердите паролем.",
  totpScan:
    "Отсканируйте код приложением-аутентификатором и введите шесть цифр, которые оно покажет.",
  totpSecret: "Не сканируется? Введите ключ вручную:",
  totpCode: "Шесть цифр из приложения",
  totpConfirm: "Подтвердить",
  totpCodes: "Резервные коды",
  totpCodesText:
    "Каждый сработает один раз, если телефона нет под рукой. Сохраните их: больше мы их не покажем.",
  totpCopy: "Скопировать коды",
  totpCopied: "Коды скопированы.",
  totpKept: "Коды сохранены",
  totpStop: "Выключить",
  totpStopText: "Чтобы выключить вход по коду, подтвердите паролем.",
  sessions: "Где выполнен вход",
  sessionsOut: "Выйти везде, кроме этого места",
  sessionsDone: "Остальные сеансы завершены.",
  here: "это устройство",
  lastSeen: "активность: {{when}}",
  end: "Завершить",
  tokens: "Ключи для программ",
  tokensText: "Скрипт с таким ключом действует от вашего имени и с вашими правами.",
  tokenName: "Для чего ключ",
  tokenNameExample: "Выгрузка в 1С",
  tokenDays: "Срок, дней",
  tokenPassword: "Ваш пароль",
  tokenPasswordHint: "Ключ работает и после выхода, поэтому спрашиваем ещё раз",
  tokenMake: "Создать ключ",
  tokenOnce: "Скопируйте ключ сейчас: больше мы его не покажем.",
  tokenCopy: "Скопировать ключ",
  tokenCopied: "Ключ скопирован.",
  tokenUntil: "до {{date}}",
  tokenDocs: "Справочник для программистов",
  tokenScope: "Что можно по ключу",
  tokenScopeHint: "Для выгрузок и отчётов хватает чтения: украденный ключ ничего не испортит",
  tokenRead: "Только читать",
  tokenWrite: "Читать и изменять",
  tokenReads: "только чтение",
  tokenUsed: "работал: {{when}}",
  tokenUnused: "ещё не использован",
  tokenRevoke: "Отозвать",
  browser: "Браузер",
  unknown: "неизвестное устройство",
} as const;

declare module "i18next" {
  interface ResourceNamespaceMap {
    security: { [K in keyof typeof words]: string };
  }
}

addTexts("security", words);
