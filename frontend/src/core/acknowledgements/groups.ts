import { plain } from "../../ui/layout";
import { useGroupViews } from "../groups/groups";
import { useDepartments, useRoles } from "../people/directories";
import { COLLEAGUES, usePeople } from "../people/people";
import type { Asked } from "./readers";

/** One line of the choice: a person, a whole department, everybody of a role or in a group. */
export interface Choice {
  key: string;
  part: keyof Asked;
  value: number | string;
  title: string;
  note: string;
}

/** Whoever may not see the roles of the company chooses among people and departments. */
function useGroups() {
  const departments = useDepartments();
  const roles = useRoles();
  return { departments: departments.data ?? [], roles: roles.data ?? [] };
}

/** Everybody and everything that answers to the text, by headings; `fresh` once people have answered too. */
export function useChoices(text: string, below: string) {
  const { people, fresh } = usePeople(text);
  const { departments, roles } = useGroups();
  const groups = useGroupViews(COLLEAGUES);
  const fits = (choice: Choice) => plain(choice.title).includes(plain(text.trim()));
  const choices: Record<keyof Asked, Choice[]> = {
    people: people.flatMap((one) =>
      one.id === null
        ? []
        : [
            {
              key: `people-${one.id}`,
              part: "people" as const,
              value: one.id,
              title: one.full_name,
              note: "",
            },
          ],
    ),
    departments: departments
      .map((one) => ({
        key: `departments-${one.id}`,
        part: "departments" as const,
        value: one.id,
        title: one.title,
        note: below,
      }))
      .filter(fits),
    roles: roles
      .map((one) => ({
        key: `roles-${one.code}`,
        part: "roles" as const,
        value: one.code,
        title: one.title,
        note: "",
      }))
      .filter(fits),
    groups: groups
      .map((one) => ({
        key: `groups-${one.id}`,
        part: "groups" as const,
        value: one.id,
        title: one.title,
        note: one.is_mine ? "" : one.owner.name,
      }))
      .filter(fits),
  };
  return { choices, fresh };
}

/** The choice as the server takes it. */
export const askedOf = (chosen: Choice[]): Asked => ({
  people: valuesOf(chosen, "people") as number[],
  departments: valuesOf(chosen, "departments") as number[],
  roles: valuesOf(chosen, "roles") as string[],
  groups: valuesOf(chosen, "groups") as number[],
});

const valuesOf = (chosen: Choice[], part: keyof Asked) =>
  chosen.filter((one) => one.part === part).map((one) => one.value);
