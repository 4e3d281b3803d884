import { addTexts } from "../../ui/texts";

const words = {
  show: "Как показать список",
  table: "Таблица",
  board: "Доска",
  calendar: "Календарь",
  timeline: "Диаграмма",
  columnsBy: "Столбцы",
  columnEmpty: "Пусто",
  columnShut: "Сюда не переносится",
  moreCards: "Показать ещё",
  moreColumns: "Ещё столбцы",
  moveMenu: "Перенести карточку",
  moveTo: "Перенести в столбец",
  noMoves: "Переносить эту карточку отсюда некуда",
  shut: "В «{{title}}» эту карточку отсюда не перенести. Откройте её: там видно, что сделать дальше.",
  howTo: "Пробел берёт карточку, стрелки выбирают столбец, пробел кладёт, Esc оставляет на месте",
  taken: "Взята карточка «{{card}}», столбец «{{title}}»",
  over: "Столбец «{{title}}»",
  overShut: "Столбец «{{title}}», сюда перенести нельзя",
  dropped: "Карточка «{{card}}» теперь в столбце «{{title}}»",
  kept: "Карточка осталась на месте",
  missing: "Карточка не перенесена: сначала заполните её поля. {{reason}}",
  reason: "Перенести на {{due}}",
  today: "Сегодня",
  earlier: "Раньше",
  later: "Позже",
  month: "Месяц",
  week: "Неделя",
  day: "День",
  scale: "Масштаб",
  moreOfDay: "ещё {{count}}",
  dayTitle: "{{day}}: {{count}}",
  dayAll: "Показать в таблице",
  noneInWindow: "На эти дни ничего нет",
  noneInWindowText: "Карточки без срока видны в таблице и на доске.",
  undated: "Без срока: {{count}}. Показать в таблице",
  waitsFor: "ждёт другой карточки",
  fromTo: "{{title}}: с {{from}} по {{to}}",
  moreBars: "Показать ещё",
} as const;

declare module "i18next" {
  interface ResourceNamespaceMap {
    displays: { [K in keyof typeof words]: string };
  }
}

addTexts("displays", words);
