import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Menu, type MenuItem } from "../../../ui/menu";
import { type Named, useNameable } from "./named";
import "./words";

interface WhoseMenuProps {
  named: Named;
  onChange: (named: Named) => void;
  className: string;
  children: ReactNode;
  "data-testid"?: string;
}

/** Roles and departments, each chosen and let go by one press. */
export function WhoseMenu({ named, onChange, className, children, ...rest }: WhoseMenuProps) {
  const { t } = useTranslation("templates");
  const { roles, departments } = useNameable();
  const items: MenuItem[] = [
    ...roles.map((role, place) => {
      const others = named.roles.filter((one) => one.code !== role.code);
      const has = others.length < named.roles.length;
      return {
        key: `role-${role.code}`,
        title: role.title,
        checked: has,
        ...(place === 0 && { before: t("roles") }),
        run: () => onChange({ ...named, roles: has ? others : [...named.roles, role] }),
      };
    }),
    ...departments.map((department, place) => {
      const others = named.departments.filter((one) => one.id !== department.id);
      const has = others.length < named.departments.length;
      return {
        key: `department-${department.id}`,
        title: department.title,
        checked: has,
        ...(place === 0 && { before: t("departments") }),
        run: () =>
          onChange({ ...named, departments: has ? others : [...named.departments, department] }),
      };
    }),
  ];
  if (items.length === 0) return null;
  return (
    <Menu
      label={t("byRole")}
      items={items}
      width={260}
      trigger={(aria) => (
        <button
          type="button"
          className={className}
          aria-label={t("byRole")}
          {...aria}
          data-testid={rest["data-testid"]}
        >
          {children}
        </button>
      )}
    />
  );
}
