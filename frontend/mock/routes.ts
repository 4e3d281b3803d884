import type { IncomingMessage } from "node:http";
import type { Task } from "../src/modules/tasks/task.ts";
import { employees, people, person } from "./people.ts";
import { departments, modules, permissions, positions, roles, sessions } from "./settings.ts";
import { comments, files, history } from "./stream.ts";
import { setStatus, taskOf, tasks } from "./tasks.ts";

/** Answers of the contract out of memory: enough to look at every screen. */

export interface Answer {
  status: number;
  body: unknown;
}

interface Call {
  method: string;
  path: string;
  query: URLSearchParams;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the screen has sent.
  body: any;
  request: IncomingMessage;
}

const ok = (body: unknown, status = 200): Answer => ({ status, body });
const nothing: Answer = { status: 204, body: null };
const problem = (status: number, code: string, title: string, more: object = {}): Answer => ({
  status,
  body: { type: `/problems/${code}`, title, status, detail: title, ...more },
});

const company = {
  slug: "sever",
  name: "Северный контур",
  accent: "",
  logo_url: null,
  time_zone: "Europe/Moscow",
  inn: "7701234560",
};
let signedIn = true;
let next = 5000;

const me = () => ({
  ...person(1),
  email: "krylova@kontur.example",
  company,
  allowance: { mode: "full", stage: "", until: null, paid_ahead: false },
  permissions: {},
  field_limits: {},
  is_admin: true,
  modules: modules.map(({ code, title, icon, group, enabled }) => ({
    code,
    title,
    icon,
    group,
    enabled,
  })),
  menu: modules
    .filter((module) => module.enabled)
    .map(({ code, title, icon, group }) => ({
      code,
      title,
      icon,
      group,
      route: `/${code}`,
      count: code === "tasks" ? 14 : null,
    })),
  csrf_token: "mock",
  support: null,
});

const TAB: Record<string, (task: Task) => boolean> = {
  mine: (task) => task.id <= 17,
  given: (task) => task.id <= 17,
  watching: (task) => task.id % 2 === 0 && task.id < 90,
  overdue: (task) => task.is_overdue,
  all: () => true,
};

const counts = () =>
  Object.fromEntries(
    Object.entries(TAB).map(([tab, fits]) => [
      tab,
      tasks.filter((task) => task.state === "open" && fits(task)).length,
    ]),
  );

function listTasks(query: URLSearchParams): Answer {
  const text = (query.get("search") ?? "").toLowerCase();
  const among = (name: string, value: string) => {
    const wanted = query.get(name);
    return !wanted || wanted.split(",").includes(value);
  };
  const found = tasks
    .filter(TAB[query.get("tab") ?? "all"] ?? (() => true))
    .filter((task) => among("state", task.state) && among("status", task.status))
    .filter(
      (task) =>
        among("assignee", String(task.assignee?.id)) &&
        among("initiator", String(task.initiator.id)),
    )
    .filter(
      (task) =>
        !text ||
        task.title.toLowerCase().includes(text) ||
        task.number?.toLowerCase().includes(text),
    );
  const key = (task: Task) => task.due_at ?? "9999";
  const sorted =
    query.get("ordering") === "due_at" ? found.sort((a, b) => key(a).localeCompare(key(b))) : found;
  const from = Number(query.get("cursor") ?? 0);
  const limit = Number(query.get("limit") ?? 50);
  return ok({
    results: sorted.slice(from, from + limit),
    next: from + limit < sorted.length ? String(from + limit) : null,
  });
}

const STATUS: Record<string, string> = {
  accept: "accepted",
  start: "in_work",
  submit: "in_review",
  close: "closed",
  return: "returned",
  cancel: "cancelled",
  reopen: "new",
};

function oneTask({ method, path, body, request }: Call): Answer | null {
  const [, idText, tool = "", code = ""] = path.split("/");
  const task = tasks.find((one) => one.id === Number(idText));
  if (!task) return problem(404, "not-found", "Не найдено");
  if (tool === "comments" && method === "POST") {
    next += 1;
    const comment = {
      id: next,
      author: person(1),
      text: body.text,
      mentions: people,
      created_at: new Date().toISOString(),
      edited_at: null,
      is_mine: true,
    };
    comments.push(comment);
    return ok(comment, 201);
  }
  if (tool === "comments") return ok({ results: task.id === 4 ? comments : [], next: null });
  if (tool === "history")
    return ok({ results: task.id === 4 ? [...history].reverse() : [], next: null });
  if (tool === "attachments") return ok({ results: task.id === 4 ? files : [], next: null });
  if (tool === "watchers") task.watchers = body.watchers.map(person);
  if (tool === "do") setStatus(task, STATUS[code] ?? task.status);
  if (method === "DELETE") {
    tasks.splice(tasks.indexOf(task), 1);
    return nothing;
  }
  if (method === "PATCH") {
    if (request.headers["if-match"] !== `"${task.version}"`)
      return problem(412, "stale", "Карточку уже изменил кто-то другой", { current: task });
    const { assignee, ...rest } = body;
    Object.assign(task, rest, assignee ? { assignee: person(assignee) } : {});
    task.version += 1;
  }
  return ok(task);
}

function createTask(body: {
  title: string;
  description: string;
  assignee: number;
  due_at: string | null;
}): Answer {
  next += 1;
  const task = {
    ...taskOf(next, [body.title, "new", body.assignee, body.due_at]),
    description: body.description,
  };
  tasks.push(task);
  return ok(task, 201);
}

const home = () => {
  const mine = tasks.filter((task) => task.id <= 17 && task.state === "open");
  const section = (code: string, title: string, items: Task[]) => ({
    code,
    title,
    empty: "Пусто",
    items,
    count: items.length,
  });
  return {
    sections: [
      section(
        "to_review",
        "Ждут моей проверки",
        mine.filter((task) => task.status === "in_review"),
      ),
      section(
        "overdue",
        "Просрочено",
        mine.filter((task) => task.is_overdue && task.status !== "in_review"),
      ),
      section(
        "today",
        "Сегодня",
        mine.filter(
          (task) =>
            !task.is_overdue &&
            task.due_at &&
            new Date(task.due_at).getDate() === new Date().getDate() &&
            task.status !== "in_review",
        ),
      ),
      section(
        "new_for_me",
        "Новые для меня",
        mine.filter((task) => task.status === "new").slice(0, 3),
      ),
    ],
  };
};

function listPeople(query: URLSearchParams): Answer {
  const text = (query.get("search") ?? "").toLowerCase();
  const active = query.get("is_active") !== "false";
  const found = employees.filter(
    (one) => one.full_name.toLowerCase().includes(text) && one.is_active === active,
  );
  return ok({ results: found.slice(0, Number(query.get("limit") ?? 50)), next: null });
}

function signIn(body: { email: string; password: string; code?: string }): Answer {
  if (body.password === "wrong")
    return problem(401, "invalid-credentials", "Неверная почта или пароль");
  if (body.password === "mfa" && !body.code) return problem(401, "mfa-required", "Введите код");
  signedIn = true;
  return ok({ csrf_token: "mock" });
}

const TOTP_SVG =
  '<svg viewBox="0 0 8 8"><path fill="#000" d="M0 0h3v3h-3zM5 0h3v3h-3zM0 5h3v3h-3zM4 4h1v1h-1zM6 5h1v2h-1zM4 6h1v2h-1z"/></svg>';

const FIXED: Record<string, (call: Call) => Answer> = {
  "GET announcements/": () => ok({ results: [] }),
  "GET auth/state/": () => ok({ company, signed_in: signedIn, closed: "", csrf_token: "mock" }),
  "POST auth/sign-in/": ({ body }) => signIn(body),
  "POST auth/sign-out/": () => {
    signedIn = false;
    return nothing;
  },
  "GET auth/invitation/": () =>
    ok({ company: company.name, email: "novikov@kontur.example", full_name: null }),
  "POST auth/invitation/accept/": () => ok({ csrf_token: "mock" }, 201),
  "GET auth/sessions/": () => ok({ results: sessions }),
  "GET auth/totp/": () => ok({ enabled: false, recovery_left: 0 }),
  "POST auth/totp/setup/": () =>
    ok({ secret: "JBSW Y3DP EHPK 3PXP", otpauth_url: "", qr_svg: TOTP_SVG }),
  "POST auth/totp/confirm/": () =>
    ok({ recovery_codes: ["4f2a-91bc", "77de-03aa", "a1b2-c3d4", "e5f6-0718"] }),
  "GET auth/companies/": () =>
    ok({
      results: [
        { slug: "sever", name: company.name, host: "sever.localhost", current: true },
        { slug: "balt", name: "Балтвент", host: "balt.localhost", current: false },
      ],
    }),
  "GET me/": () => ok(me()),
  "GET home/": () => ok(home()),
  "GET company/": () => ok(company),
  "PATCH company/": ({ body }) => ok(Object.assign(company, body)),
  "GET modules/": () => ok({ results: modules, people: 12 }),
  "GET tasks/": ({ query }) => listTasks(query),
  "POST tasks/": ({ body }) => createTask(body),
  "GET tasks/counts/": () => ok(counts()),
  "GET employees/": ({ query }) => listPeople(query),
  "GET departments/": () => ok({ results: departments }),
  "GET positions/": () => ok({ results: positions }),
  "GET roles/": () => ok({ results: roles }),
  "GET permissions/": () => ok({ results: permissions }),
  "GET invitations/": () =>
    ok({
      results: [
        {
          id: 1,
          email: "novikov@kontur.example",
          role: null,
          created_at: "2026-11-20T10:00:00Z",
          expires_at: "2026-11-29T10:00:00Z",
        },
      ],
    }),
  "POST invitations/": () => ok({ results: [] }, 201),
  "POST invitations/link/": () => ok({ url: "http://sever.localhost:5173/invite?token=abc" }, 201),
  "GET trash/": () =>
    ok([
      {
        ref: "tasks.task/900",
        kind_title: "Задача",
        title: "Старая заявка на пропуск",
        trashed_at: "2026-11-20T10:00:00Z",
        trashed_by: person(2),
      },
    ]),
  "POST signup/": ({ body }) => ok({ email: body.email, expires_in: 1800, sign_up: "form" }, 202),
  "POST signup/resend/": () => ok(null, 202),
  "POST signup/confirm/": ({ body }) =>
    body.code === "111111"
      ? problem(422, "wrong-code", "Код не подошёл")
      : ok(
          {
            host: "sever.localhost:5173",
            url: "http://sever.localhost:5173",
            token: "t",
            ticket: "k",
          },
          201,
        ),
  "GET signup/slug/": ({ query }) =>
    query.get("name")
      ? ok({ slug: "severnyi-kontur", free: true, reason: null })
      : ok({
          slug: query.get("slug"),
          free: query.get("slug") !== "demo",
          reason: query.get("slug") === "demo" ? "Этот адрес уже занят" : null,
        }),
  "POST find-company/": () => ok(null, 202),
};

export function answer(call: Call): Answer {
  const fixed = FIXED[`${call.method} ${call.path}`];
  const open =
    call.path.startsWith("auth/") || call.path.startsWith("signup") || call.path.startsWith("find");
  if (!signedIn && !open) return problem(401, "not-signed-in", "Войдите, чтобы продолжить");
  if (fixed) return fixed(call);
  if (call.path.startsWith("tasks/")) return oneTask(call) ?? nothing;
  if (call.path.startsWith("modules/")) {
    const module = modules.find((one) => one.code === call.path.split("/")[1]);
    return ok(Object.assign(module ?? {}, call.body));
  }
  if (call.path.startsWith("employees/")) {
    return ok(employees.find((one) => one.id === Number(call.path.split("/")[1])));
  }
  return problem(404, "not-found", "Не найдено");
}
