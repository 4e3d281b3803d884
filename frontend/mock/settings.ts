import type {
  Department,
  ModuleSwitch,
  Permission,
  Role,
  SessionEntry,
} from "../src/api/contract.ts";
import { person } from "./people.ts";

const SCOPES: Permission["scopes"] = ["own", "participant", "department", "department_tree", "all"];

export const modules: ModuleSwitch[] = [
  {
    code: "tasks",
    title: "Задачи",
    description: "Поручения с исполнителем и сроком: от постановки до проверки",
    icon: "circle-check-big",
    group: "Работа",
    depends: [],
    required_by: [],
    enabled: true,
    can_switch: true,
  },
];

export const departments: Department[] = [
  {
    id: 1,
    title: "Управление",
    code: "",
    parent: null,
    path: "1",
    head: person(1),
    employees_count: 4,
    version: 1,
  },
  {
    id: 2,
    title: "Производство",
    code: "",
    parent: null,
    path: "2",
    head: person(6),
    employees_count: 6,
    version: 1,
  },
  {
    id: 3,
    title: "Монтажный участок",
    code: "",
    parent: 2,
    path: "2.3",
    head: person(4),
    employees_count: 3,
    version: 1,
  },
];

export const positions = [
  { id: 1, title: "Директор" },
  { id: 2, title: "Инженер ПТО" },
];

export const roles: Role[] = [
  {
    code: "owner",
    title: "Владелец",
    is_system: true,
    can_change: false,
    grants: [{ permission: "*", scope: "all" }],
    limits: [],
    employees_count: 1,
    version: 1,
  },
  {
    code: "employee",
    title: "Сотрудник",
    is_system: true,
    can_change: true,
    grants: [
      { permission: "tasks.view", scope: "participant" },
      { permission: "tasks.create", scope: "all" },
      { permission: "tasks.edit", scope: "own" },
    ],
    limits: [],
    employees_count: 10,
    version: 1,
  },
  {
    code: "foreman",
    title: "Прораб",
    is_system: false,
    can_change: true,
    grants: [],
    limits: [],
    employees_count: 2,
    version: 1,
  },
];

export const permissions: Permission[] = [
  { code: "tasks.view", title: "Видеть задачи", group: "Задачи", scopes: SCOPES },
  { code: "tasks.create", title: "Ставить задачи", group: "Задачи", scopes: ["all"] },
  {
    code: "tasks.edit",
    title: "Изменять задачи, закрывать и удалять их",
    group: "Задачи",
    scopes: SCOPES,
  },
  { code: "organization.view", title: "Видеть сотрудников", group: "Люди", scopes: ["all"] },
  { code: "organization.invite", title: "Приглашать сотрудников", group: "Люди", scopes: ["all"] },
];

const session = (id: number, name: string, user_agent: string, current: boolean): SessionEntry => ({
  id,
  kind: user_agent ? "browser" : "token",
  name,
  user_agent,
  ip: `10.0.0.${id}`,
  created_at: "2026-11-20T08:00:00Z",
  last_seen_at: new Date(Date.now() - id * 3_600_000).toISOString(),
  expires_at: "2027-11-20T08:00:00Z",
  reads_only: false,
  current,
});

export const sessions: SessionEntry[] = [
  session(1, "", "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36", true),
  session(2, "", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Mobile Safari/605", false),
  session(3, "Выгрузка в 1С", "", false),
];
