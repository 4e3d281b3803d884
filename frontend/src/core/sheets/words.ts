import { addTexts } from "../../ui/texts";

const words = {
  menu: "Файлы",
  export: "Выгрузить в файл",
  import: "Загрузить из файла",
  title: "Выгрузка списка",
  seen: "В файл попадёт то, что видно в списке: с его вкладкой, фильтрами и порядком.",
  format: "Вид файла",
  xlsx: "Excel (XLSX)",
  csv: "CSV",
  columns: "Столбцы",
  all: "Все",
  shown: "Как в списке",
  run: "Выгрузить",
  close: "Закрыть",
  again: "Выгрузить ещё раз",
  waiting: "Готовим файл…",
  rows_one: "Записана {{count}} строка",
  rows_few: "Записано {{count}} строки",
  rows_many: "Записано {{count}} строк",
  rows_other: "Записано {{count}} строки",
  cut: "Список длиннее: в файле первые {{count}} строк. Сузьте его фильтрами и выгрузите по частям.",
  later:
    "Можно закрыть окно: о большом файле придёт уведомление, он сутки хранится в «Настройки → Импорт и экспорт».",
  open: "Скачать",
  mine: "Мои выгрузки за сутки",
} as const;

declare module "i18next" {
  interface ResourceNamespaceMap {
    sheets: { [K in keyof typeof words]: string };
  }
}

addTexts("sheets", words);
