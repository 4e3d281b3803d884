import type { CardAction } from "../src/api/contract.ts";
import type { Task } from "../src/modules/tasks/task.ts";
import { person } from "./people.ts";

const DAY = 86_400_000;

function at(days: number, hours = 18, minutes = 0): string {
  const date = new Date(Date.now() + days * DAY);
  date.setHours(hours, minutes, 0, 0);
  return date.toISOString();
}

/** Today, at the hour wanted, or within the next one when it has passed. */
function today(hours: number): string {
  return at(0, Math.min(23, Math.max(hours, new Date().getHours() + 1)), 0);
}

type Seed = [
  title: string,
  status: string,
  who: number,
  due: string | null,
  talk?: number,
  files?: number,
];

const SEEDS: Seed[] = [
  ["Согласовать замену приточной установки с заказчиком", "in_review", 3, at(-4), 2, 4],
  ["Закрыть замечания технадзора по узлу прохода кровли", "in_work", 4, at(-3), 5, 1],
  ["Заказать такелаж: стропы 4СК-3,2 и траверса", "returned", 5, at(-2), 1],
  ["Пересчитать смету на воздуховоды по этажу 3", "in_review", 2, today(18), 4, 3],
  ["Выбрать вентилятор: ВР-80 или аналог", "accepted", 6, today(15), 2],
  ["Отправить график поставок в «Балтвент»", "in_work", 3, today(17), 1, 2],
  ["Провести инвентаризацию электроинструмента", "in_work", 5, today(18), 31],
  ["Подготовить исполнительную схему систем П1–П4 для сдачи инспектору", "new", 2, today(18)],
  ["Получить доверенность на приёмку оборудования", "in_work", 8, at(1)],
  ["Замерить проёмы, корпус Б, 1–4 этажи", "accepted", 7, at(3), 4],
  ["Обучить бригаду № 2 работе на высоте", "in_work", 4, at(5), 2, 6],
  ["Сравнить цены трёх поставщиков шумоглушителей", "new", 9, at(5)],
  ["Обновить паспорта на изделия серии ВК", "in_work", 10, at(6), 6, 11],
  ["Согласовать схему строповки с «Кранмонтажом»", "accepted", 4, at(7)],
  ["Перенести остатки фасонных изделий на объект «Луговая, 14»", "new", 5, at(9), 0, 3],
  ["Продлить аренду строительных лесов", "new", 6, at(16), 1],
  ["Собрать предложения по графику отпусков", "accepted", 11, null, 3],
];

const TITLES: Record<string, string> = {
  new: "Новая",
  accepted: "Принята",
  in_work: "В работе",
  in_review: "На проверке",
  returned: "Возвращена",
  closed: "Закрыта",
  cancelled: "Отменена",
};

const button = (
  code: string,
  title: string,
  kind: CardAction["kind"],
  needs_text = false,
): CardAction => ({
  code,
  title,
  kind,
  needs_text,
});

export function actionsOf(status: string): CardAction[] {
  if (status === "closed" || status === "cancelled")
    return [button("reopen", "Открыть заново", "primary")];
  const cancel = button("cancel", "Отменить", "danger");
  if (status === "in_review") {
    return [
      button("close", "Принять результат", "primary"),
      button("return", "Вернуть", "default", true),
      cancel,
    ];
  }
  if (status === "new") {
    return [
      button("accept", "Принять", "primary"),
      button("start", "Начать работу", "default"),
      cancel,
    ];
  }
  if (status === "in_work") return [button("submit", "Сдать на проверку", "primary"), cancel];
  return [
    button("start", "Начать работу", "primary"),
    button("submit", "Сдать на проверку", "default"),
    cancel,
  ];
}

export function taskOf(id: number, seed: Seed): Task {
  const [title, status, who, due, comments = 0, files = 0] = seed;
  return {
    id,
    ref: `tasks.task/${id}`,
    number: `З-${1240 + id}`,
    title,
    status,
    status_title: TITLES[status] ?? status,
    own_status: null,
    state: status === "closed" ? "done" : status === "cancelled" ? "cancelled" : "open",
    assignee: person(who),
    initiator: person(1),
    due_at: due,
    is_overdue: due !== null && new Date(due) < new Date(),
    created_at: at(-6, 10, 12),
    changed_at: id % 3 === 0 ? at(-1, 17, 31) : id % 3 === 1 ? at(0, 0, 12) : at(-4, 12, 0),
    version: 1,
    files_count: files,
    comments_count: comments,
    points_count: id === 4 ? 7 : 0,
    points_ticked: id === 4 ? 3 : 0,
    description:
      id === 4
        ? "Заказчик изменил сечение магистрали с 600×400 на 800×400. Пересчитать металл, изоляцию и крепёж, цены взять из прайс-листа от 01.11.2026. Разница больше 5 % — сразу сообщить."
        : "",
    watchers: id === 4 ? [person(6), person(11), person(3)] : [],
    co_assignees: id === 4 ? [person(3), person(9)] : [],
    done_at: null,
    actions: actionsOf(status),
    status_moves: [],
    priority: "normal",
    is_private: false,
    is_draft: false,
    late_days: null,
    first_due_at: null,
    due_moves: 0,
    estimate: null,
    spent: 0,
    subtasks_count: 0,
    subtasks_done: 0,
    blockers_count: 0,
    is_subtask: false,
    approval: null,
    release_at: null,
    parent: null,
    due_request: null,
    draft_request: null,
    timer_started_at: null,
    can: {
      edit: true,
      delete: true,
      comment: true,
      attach: true,
      divide: true,
      time: true,
      ask_due: false,
      ask_approval: false,
    },
  };
}

export function setStatus(task: Task, status: string): void {
  task.status = status;
  task.status_title = TITLES[status] ?? status;
  task.state = status === "closed" ? "done" : status === "cancelled" ? "cancelled" : "open";
  task.actions = actionsOf(status);
  task.version += 1;
  task.changed_at = new Date().toISOString();
}

const EXTRA = 1500;

export const tasks: Task[] = [
  ...SEEDS.map((seed, index) => taskOf(index + 1, seed)),
  ...Array.from({ length: EXTRA }, (_, index) =>
    taskOf(SEEDS.length + index + 1, [
      `Осмотреть узел № ${index + 1} и приложить фото`,
      "new",
      (index % 10) + 1,
      at(20 + Math.floor(index / 8)),
    ]),
  ),
];
