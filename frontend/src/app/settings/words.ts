import { addTexts } from "../../ui/texts";

const words = {
  title: "Настройки",
  find: "Найти настройку",
  company: "Компания",
  people: "Люди",
  departments: "Отделы и должности",
  roles: "Роли и права",
  modules: "Модули",
  security: "Вход и безопасность",
  trash: "Корзина",
  saved: "Сохранено.",
  companyNote: "Название, ИНН, цвет, часовой пояс",
  peopleNote: "Сотрудники, приглашения, карточки",
  departmentsNote: "Структура компании",
  rolesNote: "Кто что видит и может",
  modulesNote: "Что включено в компании",
  securityNote: "Пароль, вход по коду, сеансы, ключи",
  trashNote: "Удалённое за 30 дней",
  name: "Название",
  inn: "ИНН",
  accent: "Цвет компании",
  accentHint: "Им окрашены кнопки и ссылки, страница входа и письма. Контраст подберём сами.",
  timeZone: "Часовой пояс",
  timeZoneHint: "По нему считаются планы и рабочее время",
  roleOwn: "Название роли",
  roleNew: "Новая роль",
  roleSystem: "системная",
  roleHolders_one: "{{count}} сотрудник",
  roleHolders_few: "{{count}} сотрудника",
  roleHolders_many: "{{count}} сотрудников",
  roleHolders_other: "{{count}} сотрудника",
  roleRemove: "Удалить роль",
  roleAlmighty:
    "Эта роль может всё, в том числе в модулях, которые появятся позже. Сузить её нельзя.",
  roleNone: "нет",
  scopeOwn: "своё",
  scopeParticipant: "где участвует",
  scopeDepartment: "свой отдел",
  scopeTree: "отдел и подотделы",
  scopeAll: "вся компания",
  permission: "Право",
  scope: "Насколько широко",
  moduleOn: "Включён",
  moduleOff: "Выключен",
  moduleNeeds: "Нужны: {{names}}",
  moduleHolds: "На нём держатся: {{names}}",
  moduleSwitched: "«{{title}}» включён.",
  moduleUnswitched: "«{{title}}» выключен. Данные сохранены.",
  moduleSwitch: "Включить «{{title}}»",
  trashEmpty: "Корзина пуста",
  trashEmptyText: "Удалённые карточки лежат здесь 30 дней, и их можно вернуть.",
  trashWho: "{{name}}, {{when}}",
  restored: "Вернули: {{title}}",
} as const;

declare module "i18next" {
  interface ResourceNamespaceMap {
    settings: { [K in keyof typeof words]: string };
  }
}

addTexts("settings", words);
