import { addTexts } from "../../ui/texts";

const words = {
  search: "Название или номер",
  selectAll: "Выбрать все загруженные",
  selectRow: "Выбрать {{number}}",
  selected: "Выбрано",
  unselect: "Снять выделение",
  shown: "Показано {{shown}}",
  shownOf: "Показано {{shown}} из {{total}}",
  loadingMore: "Загружаем дальше…",
  clearFilter: "Снять фильтр «{{title}}»",
  clearAll: "Сбросить всё",
  sort: "Порядок",
  nothingFound: "Ничего не нашлось",
  nothingFoundText:
    "Под эти условия ничего не подходит. Снимите часть фильтров или измените запрос.",
  progress: "{{done}} из {{total}}",
  doneAll: "Готово: {{done}}",
  donePart: "Готово {{done}} из {{total}}. Не вышло: {{reason}}",
  undoneAll: "Вернули как было: {{done}}",
  undonePart: "Вернули {{done}} из {{total}}. Не вышло: {{reason}}",
  chooseWhole: "Выбрать все {{count}}",
  keysTitle: "Клавиши",
  overdue: "Просрочено",
  past: "Раньше",
  today: "Сегодня, {{day}}",
  tomorrow: "Завтра, {{day}}",
  thisWeek: "На этой неделе",
  nextWeek: "На следующей неделе",
  later: "Позже",
  noDue: "Без срока",
  columns: "Столбцы",
  columnsShown: "Показаны",
  columnsHidden: "Скрыты",
  columnsReset: "Как было задумано",
  columnMove: "Переставить «{{title}}»: стрелками вверх и вниз",
  widthOf: "Ширина столбца «{{title}}»",
  addCondition: "+ Условие",
  tags: "Метки",
  cardType: "Тип карточки",
  inGroup: "Входит в группу",
  notInGroup: "Не входит в группу",
  noGroups: "Групп пока нет. Сохраните вид и отметьте «Использовать как группу».",
  findTag: "Найти метку",
  noTags: "Меток нет",
  isFilled: "заполнено",
  isEmpty: "пусто",
  yes: "да",
  no: "нет",
  chosen: "выбрано: {{count}}",
  begins: "Начинается с",
  from: "От",
  to: "До",
  group: "Группы",
  groupNone: "без групп",
  foldGroup: "Свернуть «{{title}}»",
  unfoldGroup: "Развернуть «{{title}}»",
  tooManyToGroup: "Строк больше 10 000: чтобы сгруппировать, сузьте список",
  manyShown: "Показано {{shown}} из более чем {{total}}",
} as const;

declare module "i18next" {
  interface ResourceNamespaceMap {
    lists: { [K in keyof typeof words]: string };
  }
}

addTexts("lists", words);
