import { addTexts } from "../../../ui/texts";

const words = {
  title: "Уведомления",
  mine: "Мои",
  company: "Для всей компании",
  matrix: "О чём и куда",
  matrixText: "Отметьте, о чём и куда вам сообщать. С замком — решает администратор.",
  policyText: "С чего начинают все сотрудники. «Всегда» и «Никогда» человек у себя не изменит.",
  cell: "{{kind}}: {{channel}}",
  locked: "Так решил администратор",
  on: "Да",
  off: "Нет",
  forced: "Всегда",
  never: "Никогда",
  quiet: "Тихие часы",
  quietText: "В это время письма, Telegram и SMS подождут. Колокольчик работает всегда.",
  quietOn: "Не беспокоить",
  quietFrom: "С",
  quietTo: "До",
  digest: "Письма",
  digestText: "Сводка приходит одним письмом вместо многих.",
  digestNone: "Сразу",
  digestHourly: "Раз в час",
  digestDaily: "Утром, раз в день",
  mentionsOnly: "Из обсуждений — только упоминания меня",
  reminders: "Напоминать о сроке",
  before15: "за 15 минут",
  before60: "за час",
  before180: "за 3 часа",
  before1440: "за день",
  before2880: "за 2 дня",
  before10080: "за неделю",
  ladder: "Если срок прошёл",
  ladderText: "Кому и когда сообщать о просроченном. Тихие часы каждого соблюдаются.",
  ladderOff: "не сообщать",
  after0: "сразу",
  after60: "через час",
  after240: "через 4 часа",
  after1440: "через день",
  after2880: "через 2 дня",
  after4320: "через 3 дня",
  after10080: "через неделю",
  telegram: "Telegram",
  demo: "демо-режим",
  chatOff: "В компании Telegram не подключён. Его подключает администратор в разделе «Интеграции».",
  chatText: "Новые задачи и кнопка «Ознакомлен» — прямо в Telegram.",
  chatConnect: "Подключить",
  chatLinked: "Подключено",
  chatOpen: "Открыть Telegram",
  chatScan:
    "Наведите камеру телефона на код или откройте ссылку и нажмите Start. Ссылка работает 15 минут и один раз.",
  chatUnlink: "Отключить",
  chatUnlinked: "Telegram отключён.",
  reach: "Письма — на {{email}}.",
  phone: "SMS — на {{phone}}.",
  noPhone: "Для SMS укажите мобильный номер в своей карточке.",
} as const;

declare module "i18next" {
  interface ResourceNamespaceMap {
    noticeSettings: { [K in keyof typeof words]: string };
  }
}

addTexts("noticeSettings", words);
