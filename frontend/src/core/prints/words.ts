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
  download: "Скачать файл формы",
} as const;

declare module "i18next" {
  interface ResourceNamespaceMap {
    prints: { [K in keyof typeof words]: string };
  }
}

addTexts("prints", words);
