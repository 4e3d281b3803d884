import type { Attachment, Comment, HistoryEntry } from "../src/api/contract.ts";
import { person } from "./people.ts";

const HOUR = 3_600_000;
const ago = (hours: number): string => new Date(Date.now() - hours * HOUR).toISOString();

export const comments: Comment[] = [
  {
    id: 1,
    author: person(6),
    text: "Марку на отметке +9,600 всё-таки снимите — инспектор в прошлый раз просил фото.",
    mentions: [],
    created_at: ago(30),
    edited_at: null,
    is_mine: false,
  },
  {
    id: 2,
    author: person(2),
    text: "Пересчитал. Металл +412 кг, изоляция +38 м², всего дороже на 96 240,00 ₽ — это 4,1 %, в пределах допуска.",
    mentions: [],
    created_at: ago(1.2),
    edited_at: null,
    is_mine: false,
  },
  {
    id: 3,
    author: person(3),
    text: "@[1] заказчику разницу озвучила, он согласен без допсоглашения.",
    mentions: [person(1)],
    created_at: ago(0.3),
    edited_at: null,
    is_mine: false,
  },
  {
    id: 4,
    author: person(1),
    text: "Хорошо, принимаю. Смету положите в папку заказа: https://example.org/zakaz-221",
    mentions: [],
    created_at: ago(0.1),
    edited_at: null,
    is_mine: true,
  },
];

export const history: HistoryEntry[] = [
  {
    id: 11,
    kind: "tasks.created",
    title: "Поставила задачу",
    actor: person(1),
    on_behalf_of: null,
    door: "screen",
    at: ago(32),
    changes: [],
  },
  {
    id: 12,
    kind: "tasks.changed",
    title: "Перенесла срок",
    actor: person(1),
    on_behalf_of: null,
    door: "screen",
    at: ago(26),
    changes: [{ field: "due_at", label: "Срок", old: ago(50), new: ago(-6), can_restore: true }],
  },
  {
    id: 13,
    kind: "tasks.submitted",
    title: "Сдал на проверку",
    actor: person(2),
    on_behalf_of: null,
    door: "screen",
    at: ago(1),
    changes: [
      {
        field: "status",
        label: "Состояние",
        old: "В работе",
        new: "На проверке",
        can_restore: false,
      },
    ],
  },
];

const file = (
  id: number,
  name: string,
  size: number,
  state: Attachment["state"],
  hours: number,
): Attachment => ({
  id,
  name,
  size,
  content_type: "application/octet-stream",
  state,
  reason: state === "rejected" ? "внутри исполняемый файл" : null,
  version: id === 1 ? 4 : 1,
  author: person(2),
  created_at: ago(hours),
  url: null,
});

export const files: Attachment[] = [
  file(1, "Смета, этаж 3, версия 4.xlsx", 188_416, "ready", 1.1),
  file(2, "Лист 14, узел 3.pdf", 2_202_009, "ready", 27),
  file(3, "План +9,600.dwg", 6_710_886, "checking", 0.2),
];
