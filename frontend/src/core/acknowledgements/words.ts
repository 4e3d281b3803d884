import { addTexts } from "../../ui/texts";

const words = {
  title: "Лист ознакомления",
  short: "Ознакомление",
  add: "Добавить",
  progress: "Ознакомились {{done}} из {{asked}}",
  empty: "Попросите людей ознакомиться: увидите, кто и когда подтвердил.",
  emptyPattern: "Добавьте людей: каждая созданная карточка попросит их ознакомиться.",
  pattern: "Ознакомиться попросит каждая созданная карточка.",
  call: "{{who}} просит вас ознакомиться с карточкой",
  callPlain: "Вас просят ознакомиться с карточкой",
  confirm: "Ознакомлен",
  confirmed: "Вы ознакомились. Отметка стоит в листе.",
  waits: "ждём отметки",
  askedAt: "Попросили {{when}}",
  former: "прежняя редакция",
  changed_one: "Карточка изменилась: {{count}} человек ознакомился с прежней редакцией.",
  changed_few: "Карточка изменилась: {{count}} человека ознакомились с прежней редакцией.",
  changed_many: "Карточка изменилась: {{count}} человек ознакомились с прежней редакцией.",
  changed_other: "Карточка изменилась: {{count}} человека ознакомились с прежней редакцией.",
  again: "Запросить снова",
  againDone_one: "Попросили снова: {{count}} человек.",
  againDone_few: "Попросили снова: {{count}} человека.",
  againDone_many: "Попросили снова: {{count}} человек.",
  againDone_other: "Попросили снова: {{count}} человека.",
  print: "Печать листа",
  actions: "Действия с листом ознакомления",
  remove: "Больше не просить: {{name}}",
  removed: "{{name}} больше не в листе.",
  more: "Показать ещё",
  asking: "Попросить ознакомиться",
  find: "Имя, отдел или роль",
  people: "Люди",
  departments: "Отделы",
  departmentNote: "со всеми вложенными",
  roles: "Роли",
  nobody: "Никого не нашли. Проверьте имя или название.",
  chosen: "Выбраны",
  drop: "Убрать из выбранных: {{title}}",
  send: "Попросить ознакомиться",
  round: "Круг {{round}}",
  printTitle: "Лист ознакомления",
  printNow: "Напечатать",
  printed: "Напечатан {{when}}",
  columnNumber: "№",
  columnName: "Фамилия, имя, отчество",
  columnAsked: "Запрошено",
  columnDone: "Ознакомлен",
  columnSign: "Подпись",
} as const;

declare module "i18next" {
  interface ResourceNamespaceMap {
    readers: { [K in keyof typeof words]: string };
  }
}

addTexts("readers", words);
