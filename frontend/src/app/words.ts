import { addTexts } from "../ui/texts";

const words = {
  product: "Пульт",
  search: "Найти карточку, человека или команду",
  searchShort: "Найти",
  create: "Создать",
  createHint: "Создать, C",
  createWhat: "Что создать",
  waiting: "Ждёт меня",
  myDay: "Мой день",
  settings: "Настройки",
  notices: "Уведомления",
  help: "Помощь",
  keys: "Клавиши",
  more: "Ещё",
  collapse: "Свернуть меню",
  expand: "Развернуть меню",
  menu: "Разделы",
  account: "Меню пользователя",
  companies: "Компании",
  moveTo: "Перейти в компанию: {{name}}",
  themeSystem: "Тема как в системе",
  themeLight: "Светлая тема",
  themeDark: "Тёмная тема",
  densityComfortable: "Просторные строки",
  densityCompact: "Плотные строки",
  look: "Вид",
  security: "Вход и безопасность",
  signOut: "Выйти",
  skip: "Перейти к содержанию",
  noPermission: "Сюда у вас нет доступа",
  noPermissionText:
    "Этот раздел открывают администраторы. Если он нужен вам для работы, попросите их.",
  moduleOff: "Модуль «{{title}}» выключен",
  moduleOffText:
    "Его включает администратор компании. Данные сохранены и вернутся вместе с модулем.",
  moduleOffMine: "Данные сохранены и вернутся, когда вы включите его снова.",
  moduleOffOpen: "К модулям",
  notFound: "Такой страницы нет",
  notFoundText: "Возможно, раздел выключили или в адресе опечатка.",
  home: "На главную",
  back: "Назад",
  keysMove: "вниз и вверх по списку",
  keysOpen: "открыть карточку",
  keysChoose: "выбрать строку",
  keysDeeds: "«Мой день»: принять, начать, сдать, закрыть, вернуть",
  keysCreate: "создать",
  keysLinked: "Задача, связанная с открытой карточкой",
  keysEdit: "править название",
  keysFilter: "поиск в списке",
  keysPalette: "найти карточку, человека, команду",
  keysWalk: "предыдущая и следующая карточка",
  keysClose: "закрыть карточку или окно",
  keysSend: "отправить, сохранить",
  keysHelp: "эта подсказка",
} as const;

declare module "i18next" {
  interface ResourceNamespaceMap {
    app: { [K in keyof typeof words]: string };
  }
}

addTexts("app", words);
