import {
  type AnyRoute,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import type { ModuleRoute } from "../../core/entities/module";
import { brought } from "../../core/session/parts";
import { modules } from "../modules";
import { NotFound } from "./NotFound";

/** Addresses of a company's host. Filters stay readable: plain words, no JSON in the address. */

const root = createRootRoute({ notFoundComponent: NotFound });

const page = (parent: AnyRoute, path: string, load: ModuleRoute["load"]): AnyRoute =>
  createRoute({
    getParentRoute: () => parent,
    path,
    component: lazyRouteComponent(brought(load), "Screen"),
  }) as unknown as AnyRoute;

const inside = createRoute({
  getParentRoute: () => root,
  id: "inside",
  component: lazyRouteComponent(
    brought(() => import("./Inside")),
    "Inside",
  ),
}) as unknown as AnyRoute;

function grow(parent: AnyRoute, route: ModuleRoute): AnyRoute {
  const own = page(parent, route.path, route.load);
  const children = route.children ?? [];
  return children.length > 0 ? own.addChildren(children.map((child) => grow(own, child))) : own;
}

const settings = grow(inside, {
  path: "/settings",
  load: () => import("../settings/Settings"),
  children: [
    { path: "company", load: () => import("../settings/CompanyPage") },
    {
      path: "people",
      load: () => import("../settings/PeoplePage"),
      children: [{ path: "$employeeId", load: () => import("../settings/EmployeePage") }],
    },
    { path: "departments", load: () => import("../settings/DepartmentsPage") },
    { path: "roles", load: () => import("../settings/RolesPage") },
    { path: "numbering", load: () => import("../settings/NumberingPage") },
    { path: "fields", load: () => import("../settings/FieldsPage") },
    { path: "routes", load: () => import("../settings/RoutesPage") },
    { path: "routes/$routeId", load: () => import("../settings/RoutePage") },
    { path: "tags", load: () => import("../settings/TagsPage") },
    { path: "options", load: () => import("../settings/OptionsPage") },
    { path: "modules", load: () => import("../settings/ModulesPage") },
    { path: "billing", load: () => import("../settings/BillingPage") },
    { path: "licence", load: () => import("../settings/LicencePage") },
    { path: "data", load: () => import("../settings/DataPage") },
    { path: "notifications", load: () => import("../settings/NoticesPage") },
    { path: "integrations", load: () => import("../settings/GatewaysPage") },
    { path: "security", load: () => import("../settings/SecurityPage") },
    { path: "support", load: () => import("../settings/SupportPage") },
    { path: "prints", load: () => import("../settings/PrintsPage") },
    { path: "language", load: () => import("../settings/LanguagePage") },
    { path: "reads", load: () => import("../settings/ReadsPage") },
    { path: "imports", load: () => import("../../core/imports/ImportsPage") },
    { path: "imports/$importId", load: () => import("../../core/imports/ImportPage") },
    { path: "trash", load: () => import("../settings/TrashPage") },
  ],
});

/** Where letters and links lead: the card of a colleague stands among the settings. */
const colleague = createRoute({
  getParentRoute: () => inside,
  path: "/people/$employeeId",
  beforeLoad: ({ params }) => {
    const { employeeId } = params as { employeeId: string };
    throw redirect({ to: `/settings/people/${employeeId}`, replace: true } as never);
  },
}) as unknown as AnyRoute;

const tree = root.addChildren([
  page(root, "/sign-in", () => import("../sign/SignInPage")),
  // What people type and keep among their bookmarks.
  page(root, "/login", () => import("../sign/SignInPage")),
  page(root, "/verify", () => import("../sign/Verify")),
  page(root, "/new-email", () => import("../sign/NewEmail")),
  page(root, "/not-me", () => import("../sign/NotMe")),
  page(root, "/forgot", () => import("../sign/Forgot")),
  page(root, "/reset", () => import("../sign/Reset")),
  page(root, "/invite", () => import("../sign/Invite")),
  inside.addChildren([
    page(inside, "/", () => import("../home/Home")),
    page(inside, "/search", () => import("../../core/search/SearchPage")),
    page(inside, "/waiting", () => import("../../core/waiting/QueuePage")),
    page(inside, "/notices", () => import("../notices/NoticesPage")),
    page(inside, "/help", () => import("../help/AppealsPage")),
    page(inside, "/help/$appealId", () => import("../help/AppealPage")),
    settings,
    colleague,
    ...modules.flatMap((module) => module.routes.map((route) => grow(inside, route))),
    // An address that leads nowhere keeps the menu; whoever is not signed in sees the door first.
    createRoute({ getParentRoute: () => inside, path: "$", component: NotFound }),
  ]),
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
