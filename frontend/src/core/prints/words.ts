import { addTexts } from "../../ui/texts";

/** Words of print forms. */
const words = {
  as: "{{title}} ({{format}})",
  forms: "Печатные формы",
  note: "Файл Word, Excel или HTML с местами вроде {{place}}: значения карточки встанут на них.",
  form: "Форма",
  type: "Вид",
  anyType: "Все виды",
  file: "Файл",
  add: "Загрузить форму",
  chooseFile: "Выберите файл Word, Excel или HTML",
  needFile: "Выберите файл формы.",
  replace: "Заменить файл",
  unknown: "Неизвестно, что подставить: {{names}}",
  added: "Форма «{{title}}» загружена.",
  empty: "Своих печатных форм пока нет",
  emptyText: "Загрузите файл Word с местами для подстановки: будем печатать по нему.",
  names: "Что можно подставить",
  filters: "Как написать значение",
  archive: "Убрать",
  bringBack: "Вернуть",
  archived: "Убрана",
  actions: "Действия с формой",
  check: "Проверить на карточке",
  checkTitle: "Проверка формы «{{title}}»",
  checkNote: "Выберите карточку: покажем, что встанет на каждое место. Ничего не напечатается.",
  checkPick: "Выбрать карточку",
  checkOther: "Другая карточка",
  checkSound: "Всё на месте: каждое значение нашлось.",
  checkFaults_one: "Не так: {{count}} место",
  checkFaults_few: "Не так: {{count}} места",
  checkFaults_many: "Не так: {{count}} мест",
  checkFaults_other: "Не так: {{count}} места",
  checkNothing: "В этой форме нет мест для подстановки.",
  place: "Место",
  stands: "Что встанет",
  isEmpty: "пусто на этой карточке",
  meant: "Возможно, вы имели в виду {{name}}",
  caseAsked: "После «{{because}}» нужен {{case}} падеж:",
  download: "Скачать файл формы",
} as const;

declare module "i18next" {
  interface ResourceNamespaceMap {
    prints: { [K in keyof typeof words]: string };
  }
}

addTexts("prints", words);
