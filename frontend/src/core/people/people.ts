import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Employee, Page, Person } from "../../api/contract";
import { get } from "../../api/request";
import { plain } from "../../ui/layout";
import { createStore, memory } from "../../ui/store";
import type { CardKind } from "../entities/kind";

/** Colleagues as cards. */
export const COLLEAGUES: CardKind = {
  code: "organization.employee",
  path: "employees",
  route: "/people",
  list: "/settings/people",
};

/** Colleagues as the pickers need them; those chosen lately come first. */

const RECENT_KEY = "pult.recent-people";
const RECENT_LIMIT = 6;
const TYPING_PAUSE_MS = 150;

function remembered(): Person[] {
  const parsed: unknown = JSON.parse(memory.read(RECENT_KEY) ?? "[]");
  return Array.isArray(parsed) ? (parsed as Person[]) : [];
}

export const recentPeople = createStore<Person[]>(remembered());

export function rememberPerson(person: Person): void {
  const others = recentPeople.get().filter((one) => one.id !== person.id);
  const next = [person, ...others].slice(0, RECENT_LIMIT);
  recentPeople.set(next);
  memory.write(RECENT_KEY, JSON.stringify(next));
}

/** «Иванов Иван Иванович» → «Иванов И. И.» and «ИИ», for answers that carry only the full name. */
export function personOf(employee: Employee): Person {
  const [last = "", ...given] = employee.full_name.split(/\s+/);
  const short = [last, ...given.map((part) => `${part.charAt(0)}.`)].join("\u00a0");
  const letters = `${last.charAt(0)}${(given[0] ?? "").charAt(0)}`.toUpperCase();
  return {
    id: employee.id,
    name: employee.name || short,
    full_name: employee.full_name,
    initials: employee.initials || letters,
    photo_url: employee.photo_url,
    is_active: employee.is_active,
  };
}

export function useSettled<T>(value: T, ms = TYPING_PAUSE_MS): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(value), ms);
    return () => window.clearTimeout(timer);
  }, [value, ms]);
  return settled;
}

/**
 * Active colleagues whose name answers to the text. Until the answer to the letters of now has
 * come (`fresh`), those of the former answer who fit them.
 */
export function usePeople(search: string, enabled = true) {
  const typed = search.trim();
  const settled = useSettled(typed);
  const query = useQuery({
    queryKey: ["people", settled],
    enabled,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const query = { search: settled, is_active: true, limit: 20 };
      const page = await get<Page<Employee>>("employees/", { query, signal });
      return page.results.map(personOf);
    },
  });
  const fresh = settled === typed && query.isFetched && !query.isPlaceholderData;
  const found = query.data ?? NOBODY;
  const fits = (one: Person) => plain(one.full_name).includes(plain(typed));
  return { people: fresh ? found : found.filter(fits), fresh };
}

const NOBODY: Person[] = [];

/** One colleague by number: names for the filters kept in the address. */
export function usePerson(id: number | null) {
  return useQuery({
    queryKey: ["person", id],
    enabled: id !== null,
    staleTime: 300_000,
    queryFn: async () => personOf(await get<Employee>(`employees/${id}/`)),
  });
}
