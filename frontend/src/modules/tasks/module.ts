import type { Page } from "../../api/contract";
import { get } from "../../api/request";
import type { FrontModule } from "../../core/entities/module";
import { i18next } from "../../ui/texts";
import { TASKS, type TaskRow } from "./task";
import { TEMPLATES } from "./templates/template";
import "./templates/words";
import "./words";

/** Tasks: the first module of the house. */
export const module: FrontModule = {
  code: "tasks",
  icon: "list-checks",
  kinds: [TASKS, TEMPLATES],
  routes: [
    { path: "/tasks/assignments", load: () => import("./Assignments") },
    { path: "/tasks/workload", load: () => import("./Workload") },
    {
      path: "/tasks/templates",
      load: () => import("./templates/TemplateList"),
      children: [{ path: "$templateId", load: () => import("./templates/TemplateCard") }],
    },
    {
      path: "/tasks",
      load: () => import("./TaskList"),
      children: [{ path: "$taskId", load: () => import("./TaskCard") }],
    },
  ],
  composers: [
    {
      code: "tasks.task",
      title: i18next.t("tasks:createShort"),
      linkedTitle: i18next.t("tasks:createLinked"),
      load: () => import("./Composer"),
    },
  ],
  places: [
    { title: i18next.t("tasks:assignments"), icon: "users", to: "/tasks/assignments" },
    { title: i18next.t("tasks:workload"), icon: "chart-column", to: "/tasks/workload" },
    { title: i18next.t("templates:title"), icon: "repeat", to: TEMPLATES.route },
  ],
  search: async (text, signal) => {
    const query = { tab: "all", search: text, limit: 6 };
    const page = await get<Page<TaskRow>>("tasks/", { query, signal });
    return page.results.map((row) => ({
      key: row.ref,
      title: row.title,
      note: `${row.number ?? ""} · ${row.status_title}`,
      to: `${TASKS.route}/${row.id}`,
    }));
  },
};
