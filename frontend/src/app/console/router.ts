import {
  type AnyRoute,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from "@tanstack/react-router";
import type { ModuleRoute } from "../../core/entities/module";
import { brought } from "../../core/session/parts";
import { NotFound } from "../company/NotFound";
import { Frame } from "./Frame";

/** Addresses of the console's host. */

const root = createRootRoute({ component: Frame, notFoundComponent: NotFound });

const page = (path: string, load: ModuleRoute["load"]): AnyRoute =>
  createRoute({
    getParentRoute: () => root,
    path,
    component: lazyRouteComponent(brought(load), "Screen"),
  }) as unknown as AnyRoute;

const tree = root.addChildren([
  page("/", () => import("./CompaniesPage")),
  page("/companies/$companyId", () => import("./CompanyPage")),
  page("/appeals", () => import("./appeals/QueuePage")),
  page("/appeals/$appealId", () => import("./appeals/AppealPage")),
  page("/health", () => import("./HealthPage")),
  page("/announcements", () => import("./AnnouncementsPage")),
  page("/plans", () => import("./PlansPage")),
  page("/operators", () => import("./OperatorsPage")),
  page("/audit", () => import("./AuditPage")),
  page("/account", () => import("./AccountPage")),
]);

export const router = createRouter({
  routeTree: tree,
  defaultPreload: "intent",
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const params = new URLSearchParams();
    for (const [name, value] of Object.entries(search)) {
      if (value !== undefined && value !== null && value !== "") params.set(name, String(value));
    }
    return params.size > 0 ? `?${params}` : "";
  },
});
