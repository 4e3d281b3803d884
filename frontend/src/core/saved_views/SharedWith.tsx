import { useTranslation } from "react-i18next";
import { useDepartments, useRoles } from "../people/directories";
import "./words";

interface SharedWithProps {
  roles: string[];
  departments: number[];
  onRoles: (codes: string[]) => void;
  onDepartments: (ids: number[]) => void;
}

const without = <V,>(all: V[], one: V): V[] =>
  all.includes(one) ? all.filter((other) => other !== one) : [...all, one];

/** Roles and departments, to be ticked. */
export function SharedWith({ roles, departments, onRoles, onDepartments }: SharedWithProps) {
  const { t } = useTranslation("saved_views");
  const allRoles = useRoles();
  const places = useDepartments();
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
