import { addTexts } from "../../ui/texts";

const words = {
  files: "Файлы",
  add: "Файл",
  empty: "Перетащите файлы сюда или вставьте снимок из буфера.",
  drop: "Отпустите, чтобы приложить",
  sending: "отправляем, {{percent}} %",
  checking: "проверяем",
  rejected: "не принят: {{reason}}",
  rejectedPlain: "не прошёл проверку",
  failed: "не отправился: {{reason}}",
  version: "версия {{number}}",
  newVersion: "Загрузить новую версию",
  remove: "Убрать файл",
  dismiss: "Скрыть",
  network: "связь прервалась",
  storage: "хранилище ответило отказом ({{status}})",
  open: "Открыть «{{name}}»",
  actions: "Действия с файлом",
  removed: "Файл убран.",
  view: "Открыть",
  viewing: "Просмотр файла «{{name}}»",
  place: "{{at}} из {{of}}",
  previous: "Предыдущий файл",
  next: "Следующий файл",
  larger: "Крупнее",
  smaller: "Мельче",
  download: "Скачать",
  downloadSize: "Скачать, {{size}}",
  downloadVersion: "Скачать версию {{number}}",
  notShown: "Просмотр этого вида файлов не поддержан: скачайте и откройте своей программой.",
  notRead: "Файл не удалось показать: он повреждён или слишком велик для просмотра.",
  pdfApart: "Этот браузер не показывает документы внутри страницы.",
  openApart: "Открыть отдельно",
  beginning: "Показано начало файла. Целиком его можно скачать.",
  sheets: "Листы",
  tableOf: "Таблица «{{name}}»",
  emptySheet: "На этом листе ничего нет.",
  tableCut: "Показаны не все строки и столбцы. Целиком таблицу можно скачать.",
  documentOf: "Документ «{{name}}»",
  versions: "Версии",
  versionsOf: "Версии: {{name}}",
  current: "текущая",
} as const;

declare module "i18next" {
  interface ResourceNamespaceMap {
    attachments: { [K in keyof typeof words]: string };
  }
}

addTexts("attachments", words);
