import { dateText, momentText } from "../../ui/format";

/** How the journal calls what was changed; what has no name here is for programs. */
const NAMES: Record<string, string> = {
  status: "Состояние",
  slug: "Адрес",
  trial_until: "Пробный период до",
  module: "Модуль",
  enabled: "Включён",
  role: "Роль",
  is_active: "Доступ открыт",
  email: "Почта",
  full_name: "Имя",
  reason: "Причина",
  appeal: "Обращение №",
  file: "Файл",
  name: "Название",
  days: "Дней",
  reads_only: "Только чтение",
  left: "Осталось кодов",
  until: "До",
  kind: "Работа",
  text: "Текст",
  title: "Тариф",
  number: "Версия",
  valid_from: "Действует с",
  month_price: "Цена за месяц",
  year_price: "Цена за год",
  seats_included: "Мест",
};
const VALUES: Record<string, string> = {
  true: "да",
  false: "нет",
  active: "работает",
  suspended: "приостановлена",
  support: "поддержка",
  operator: "оператор",
  chief: "главный оператор",
  browser: "браузер",
  token: "ключ",
  password: "неверный пароль",
  unknown: "нет такого оператора",
  blocked: "доступ закрыт",
  code: "неверный код",
  locked: "слишком много попыток",
};

export const nameOf = (field: string): string | undefined => NAMES[field];

export function valueText(value: unknown): string {
  if (value === null || value === undefined || value === "") return "—";
  const text = String(value);
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return dateText(`${text}T12:00:00`);
  if (/^\d{4}-\d\d-\d\dT/.test(text)) return momentText(text);
  return VALUES[text] ?? text;
}
