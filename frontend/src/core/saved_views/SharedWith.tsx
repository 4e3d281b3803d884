import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Department, Page, Role } from "../../api/contract";
import { get } from "../../api/request";
import "./words";

interface SharedWithProps {
  roles: string[];
  departments: number[];
  onRoles: (codes: string[]) => void;
  onDepartments: (ids: number[]) => void;
}

async function whole<T>(path: string): Promise<T[]> {
  const answer = await get<Page<T> | T[]>(path);
  return Array.isArray(answer) ? answer : answer.results;
}

const without = <V,>(all: V[], one: V): V[] =>
  all.includes(one) ? all.filter((other) => other !== one) : [...all, one];

/** Roles and departments, to be ticked. */
export function SharedWith({ roles, departments, onRoles, onDepartments }: SharedWithProps) {
  const { t } = useTranslation("saved_views");
  const allRoles = useQuery({ queryKey: ["roles"], queryFn: () => whole<Role>("roles/") });
  const places = useQuery({
    queryKey: ["departments"],
    queryFn: () => whole<Department>("departments/"),
  });
  return (
    <div className="view-with">
      <fieldset>
        <legend className="lbl">{t("roles")}</legend>
        {allRoles.data?.map((role) => (
          <label key={role.code} className="view-one">
            <input
              type="checkbox"
              className="cb"
              checked={roles.includes(role.code)}
              onChange={() => onRoles(without(roles, role.code))}
              data-testid={`view-role-${role.code}`}
            />
            <span className="el">{role.title}</span>
          </label>
        ))}
      </fieldset>
      {places.data && places.data.length > 0 && (
        <fieldset>
          <legend className="lbl">{t("departments")}</legend>
          {places.data.map((place) => (
            <label key={place.id} className="view-one">
              <input
                type="checkbox"
                className="cb"
                checked={departments.includes(place.id)}
                onChange={() => onDepartments(without(departments, place.id))}
              />
              <span className="el">{place.path}</span>
            </label>
          ))}
        </fieldset>
      )}
    </div>
  );
}
