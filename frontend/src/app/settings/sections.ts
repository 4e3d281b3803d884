import type { Me } from "../../api/contract";
import { may } from "../../core/session/session";
import type { IconName } from "../../ui/icon";
import { isLicensed, LICENCE_PAGE, MAY_LICENSE, MAY_PAY, PAYING } from "../paying/banner";
import "./words";

/** Settings are one searchable place; each page says who may open it. */
export interface SettingsSection {
  code:
    | "company"
    | "people"
    | "departments"
    | "roles"
    | "numbering"
    | "fields"
    | "routes"
    | "prints"
    | "language"
    | "tags"
    | "modules"
    | "billing"
    | "licence"
    | "options"
    | "imports"
    | "data"
    | "notifications"
    | "integrations"
    | "security"
    | "support"
    | "reads"
    | "trash";
  to: string;
  icon: IconName;
  open: (me: Me) => boolean;
}

export const SECTIONS: SettingsSection[] = [
  {
    code: "company",
    to: "/settings/company",
    icon: "building-2",
    open: (me) => may(me, "tenants.company"),
  },
  { code: "people", to: "/settings/people", icon: "users", open: () => true },
  {
    code: "departments",
    to: "/settings/departments",
    icon: "network",
    open: (me) => may(me, "organization.structure"),
  },
  {
    code: "roles",
    to: "/settings/roles",
    icon: "key-round",
    open: (me) => may(me, "access.roles"),
  },
  {
    code: "numbering",
    to: "/settings/numbering",
    icon: "hash",
    open: (me) => may(me, "numbering.manage") || may(me, "numbering.reserve"),
  },
  {
    code: "fields",
    to: "/settings/fields",
    icon: "list-ordered",
    open: (me) => may(me, "custom_fields.manage"),
  },
  {
    code: "routes",
    to: "/settings/routes",
    icon: "git-branch",
    open: (me) => may(me, "routes.manage"),
  },
  { code: "prints", to: "/settings/prints", icon: "printer", open: () => true },
  {
    code: "language",
    to: "/settings/language",
    icon: "at-sign",
    open: (me) => may(me, "templates.manage"),
  },
  {
    code: "tags",
    to: "/settings/tags",
    icon: "tag",
    open: (me) => may(me, "tags.manage"),
  },
  {
    code: "modules",
    to: "/settings/modules",
    icon: "layout-grid",
    open: (me) => may(me, "tenants.modules"),
  },
  {
    code: "billing",
    to: PAYING,
    icon: "wallet",
    open: (me) => may(me, MAY_PAY) && !isLicensed(me.allowance),
  },
  {
    code: "licence",
    to: LICENCE_PAGE,
    icon: "key-round",
    open: (me) => may(me, MAY_LICENSE) && isLicensed(me.allowance),
  },
  {
    code: "options",
    to: "/settings/options",
    icon: "settings-2",
    open: (me) => me.has_options,
  },
  {
    code: "imports",
    to: "/settings/imports",
    icon: "upload",
    open: (me) => may(me, "imports.run") || may(me, "sheets.export"),
  },
  {
    code: "data",
    to: "/settings/data",
    icon: "package",
    open: (me) => may(me, "takeout.see") || may(me, "tenants.copies"),
  },
  { code: "notifications", to: "/settings/notifications", icon: "bell", open: () => true },
  {
    code: "integrations",
    to: "/settings/integrations",
    icon: "plug",
    open: (me) => may(me, "gateways.manage"),
  },
  { code: "security", to: "/settings/security", icon: "shield-check", open: () => true },
  {
    code: "support",
    to: "/settings/support",
    icon: "eye",
    open: (me) => may(me, "console.support"),
  },
  {
    code: "reads",
    to: "/settings/reads",
    icon: "history",
    open: (me) => may(me, "reads.see"),
  },
  { code: "trash", to: "/settings/trash", icon: "trash-2", open: () => true },
];

export const visibleSections = (me: Me): SettingsSection[] =>
  SECTIONS.filter((section) => section.open(me));
