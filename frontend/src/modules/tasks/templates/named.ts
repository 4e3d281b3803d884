import { useQuery } from "@tanstack/react-query";
import type { Department, Person, Role } from "../../../api/contract";
import { get } from "../../../api/request";
import { useDepartments, useRoles } from "../../../core/people/directories";
import { TEMPLATES } from "./template";

/** Whom a template names: people one by one, everyone with a role, everyone in a department. */
export interface Named {
  people: Person[];
  roles: Pick<Role, "code" | "title">[];
  departments: Pick<Department, "id" | "title">[];
}

interface Recipients {
  count: number;
  most: number;
  people: Person[];
}

export const isNobody = ({ people, roles, departments }: Named): boolean =>
  people.length + roles.length + departments.length === 0;

/** What a template is sent as. */
export const bodyOf = ({ people, roles, departments }: Named) => ({
  assignees: people.map((one) => one.id),
  roles: roles.map((one) => one.code),
  departments: departments.map((one) => one.id),
});

/** The roles and departments that may be named; none for whoever may not see people. */
export function useNameable() {
  const roles = useRoles();
  const departments = useDepartments();
  return { roles: roles.data ?? [], departments: departments.data ?? [] };
}

/** How many people that is now; asked only where a role or a department is named. */
export function useRecipients(named: Named): Recipients | undefined {
  const body = bodyOf(named);
  const query = Object.fromEntries(
    Object.entries(body).map(([name, values]) => [name, values.join(",")]),
  );
  return useQuery({
    queryKey: [TEMPLATES.code, "recipients", query],
    queryFn: () => get<Recipients>(`${TEMPLATES.path}/recipients/`, { query }),
    enabled: body.roles.length + body.departments.length > 0,
    placeholderData: (before) => before,
  }).data;
}
