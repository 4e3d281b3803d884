import { addTexts } from "../../ui/texts";

const words = {
  views: "Сохранённые виды",
  save: "Сохранить вид",
  saveChanges: "Сохранить изменения",
  saveAs: "Сохранить как новый",
  changed: "Вид изменён",
  reset: "Вернуть как было",
  menu: "Вид «{{title}}»",
  rename: "Название и доступ",
  first: "Открывать первым",
  notFirst: "Не открывать первым",
  left: "Сдвинуть влево",
  right: "Сдвинуть вправо",
  remove: "Удалить",
  removed: "Вид «{{title}}» удалён",
  saved: "Вид «{{title}}» сохранён",
  newTitle: "Новый вид",
  title: "Название",
  example: "Срочные без исполнителя",
  keeps: "Запомним условия, порядок, группировку и столбцы, которые сейчас на экране.",
  audience: "Кому виден",
  me: "Только мне",
  some: "Выбранным",
  all: "Всем",
  mayNotShare: "Делиться видами может тот, кому это разрешил администратор.",
  rights: "Каждый увидит только те карточки, которые доступны ему самому.",
  roles: "Роли",
  departments: "Отделы вместе с подчинёнными",
  useAsGroup: "Использовать как группу",
  groupHint:
    "Вид появится в условиях списков, на карточках и там, где выбирают людей. Карточки в него попадают сами.",
  count: "Показывать число",
  countOff: "Не показывать число",
  shared: "Общий вид. Владелец: {{name}}",
} as const;

declare module "i18next" {
  interface ResourceNamespaceMap {
    saved_views: { [K in keyof typeof words]: string };
  }
}

addTexts("saved_views", words);
