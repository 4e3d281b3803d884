import type { EmployeeCard, Person } from "../../../api/contract";

/** The fields of a person's card as its form holds them. */
export interface Values {
  last_name: string;
  first_name: string;
  middle_name: string;
  email: string;
  phone: string;
  position: number | null;
  department: number | null;
  manager: Person | null;
  hired_on: string | null;
}

export const valuesOf = (employee: EmployeeCard): Values => ({
  last_name: employee.last_name,
  first_name: employee.first_name,
  middle_name: employee.middle_name,
  email: employee.email,
  phone: employee.phone,
  position: employee.position?.id ?? null,
  department: employee.department?.id ?? null,
  manager: employee.manager,
  hired_on: employee.hired_on,
});

const said = (value: Values[keyof Values]) => (value instanceof Object ? value.id : value);

/** What has been changed elsewhere since `before` arrives; what is being typed here stays. */
export function caughtUp(mine: Values, before: Values, now: Values): Values {
  const names = Object.keys(now) as (keyof Values)[];
  const own = names.filter((name) => said(mine[name]) !== said(before[name]));
  return { ...now, ...Object.fromEntries(own.map((name) => [name, mine[name]])) };
}
