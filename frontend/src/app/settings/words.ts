import { addTexts } from "../../ui/texts";

const words = {
  title: "Настройки",
  find: "Найти настройку",
  company: "Компания",
  people: "Люди",
  departments: "Отделы и должности",
  roles: "Роли и права",
  numbering: "Нумерация",
  fields: "Типы карточек и поля",
  modules: "Модули",
  notifications: "Уведомления",
  integrations: "Интеграции",
  security: "Вход и безопасность",
  trash: "Корзина",
  saved: "Сохранено.",
  companyNote: "Название, логотип, ИНН, цвет, часовой пояс",
  peopleNote: "Сотрудники, приглашения, карточки",
  departmentsNote: "Структура компании",
  rolesNote: "Кто что видит и может",
  numberingNote: "Маски номеров и счётчики",
  fieldsNote: "Свои поля, формулы, типы задач и права на поля",
  modulesNote: "Что включено в компании",
  notificationsNote: "О чём и куда сообщать, тихие часы, Telegram",
  integrationsNote: "Telegram, SMS: подключение и обмен",
  securityNote: "Пароль, вход по коду, сеансы, ключи",
  trashNote: "Удалённое за 30 дней",
  name: "Название",
  inn: "ИНН",
  logo: "Логотип",
  logoHint: "Стоит в меню и на странице входа. PNG или JPEG, лучше квадратный, до 512 КБ.",
  logoPut: "Загрузить",
  logoReplace: "Заменить",
  logoRemove: "Убрать",
  logoHeavy: "Файл больше 512 КБ. Сожмите его или возьмите картинку поменьше",
  logoUnread: "Файл не читается. Выберите его снова",
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
  moduleLeaving: "Выключить «{{title}}»?",
  moduleLeavingAll: "Раздел сразу исчезнет у всех сотрудников: из меню, поиска и карточек.",
  moduleLeavingPeople_one:
    "Раздел сразу исчезнет из меню, поиска и карточек. В компании работает {{count}} человек.",
  moduleLeavingPeople_few:
    "Раздел сразу исчезнет из меню, поиска и карточек у всех. В компании работают {{count}} человека.",
  moduleLeavingPeople_many:
    "Раздел сразу исчезнет из меню, поиска и карточек у всех. В компании работают {{count}} человек.",
  moduleLeavingPeople_other:
    "Раздел сразу исчезнет из меню, поиска и карточек у всех. В компании работают {{count}} человека.",
  moduleLeavingKept:
    "Ничего не пропадёт: данные сохранятся и вернутся, когда вы включите его снова.",
  moduleLeave: "Выключить",
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
