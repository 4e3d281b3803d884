import { addTexts } from "../../../ui/texts";

/** Words of making documents. */
const words = {
  heading: "Новый документ",
  other: "Другой документ",
  otherType: "Другой вид",
  dropHere: "Отпустите файл: из него будет черновик документа",
  dropFirst: "Есть файл? Перетащите его сюда или выберите: будет черновик",
  dropText: "Файл документа: перетащите сюда или выберите",
  addFiles: "Добавить файлы",
  removeFile: "Убрать файл {{name}}",
  isText: "текст",
  template: "Шаблон",
  noTemplate: "Без шаблона",
  title: "Заголовок",
  titleHint: "О чём документ",
  titleOfTemplate: "Можно не писать: заголовок возьмём из шаблона",
  content: "Содержание",
  contentOfTemplate: "Если не писать, возьмём текст шаблона",
  correspondent: "Корреспондент",
  outer_number: "Их номер",
  outer_date: "Их дата",
  addressee: "Кому",
  signatory: "Кто подписывает",
  amount: "Сумма, ₽",
  valid_from: "Действует с",
  valid_until: "Действует до",
  needTitle: "Назовите документ.",
  wrongDay: "Укажите день, например 15.3 или 15.03.2026.",
  wrongSum: "Напишите сумму числом, например 12 500,50.",
  submit: "Создать черновик",
  submitRegister: "Создать и зарегистрировать",
  submitNote: "Введённое здесь не пропадёт, если закрыть окно. Файлы в поля кладут уже в карточке.",
  clear: "Очистить",
  registered: "Зарегистрирован: {{number}}.",
  notRegistered: "Черновик создан, но не зарегистрирован. {{reason}}",
  nothingMayTitle: "Документы создают другие роли",
  nothingMayText: "Попросите администратора открыть вам хотя бы один вид документов.",
  open: "Открыть",
  memo: "Служебная записка",
  memoTo: "Кому",
  memoText: "Текст",
  memoTextHint: "Первая строка станет заголовком. «Кому» и «От кого» подставятся сами",
  memoSend: "Отправить",
  memoNeedTo: "Выберите, кому записка.",
  memoNeedText: "Напишите, о чём записка.",
  memoKept: "Записка сохранена в черновиках.",
  memoDone_send: "Записка отправлена: {{name}}.",
  memoDone_register: "Записка отправлена: {{name}}.",
  memoDone_submit: "Записка передана на регистрацию.",
  memoNotSent: "Записка в черновиках, отправить не удалось. {{reason}}",
  memoShut: "Записку отсюда не отправить",
  memoShutText:
    "Вид «Служебная записка» убран или его создают другие роли. Спросите администратора.",
} as const;

declare module "i18next" {
  interface ResourceNamespaceMap {
    documents_new: { [K in keyof typeof words]: string };
  }
}

addTexts("documents_new", words);
