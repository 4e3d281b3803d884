import { Select } from "antd";
import { useTranslation } from "react-i18next";
import type { EmployeeCard } from "../../../api/contract";
import { put } from "../../../api/request";
import { CardSection } from "../../../core/cards/CardParts";
import { useRoles } from "../../../core/people/directories";
import { choiceIcons } from "../../../ui/antd";
import { Field } from "../../../ui/field";
import { say } from "../../../ui/toast";
import { useSaving } from "../saving";
import "./words";

interface EmployeeRolesProps {
  employee: EmployeeCard;
  onSaved: () => Promise<void>;
}

/** What the person may; saved at each choice. */
export function EmployeeRoles({ employee, onSaved }: EmployeeRolesProps) {
  const { t } = useTranslation("staff");
  // Until all roles have come, those he has are shown by their own titles.
  const roles = useRoles().data ?? employee.roles;
  const { busy, errors, run } = useSaving();
  const save = (codes: string[]) =>
    run(async () => {
      await put(`employees/${employee.id}/roles/`, { roles: codes });
      await onSaved();
      say(t("saved"));
    });
  return (
    <CardSection title={t("roles")}>
      <Field label={t("rolesHint")} error={errors.roles}>
        {({ id }) => (
          <Select
            {...choiceIcons}
            id={id}
            mode="multiple"
            aria-busy={busy}
            style={{ width: "100%", maxWidth: 520 }}
            value={employee.roles.map((role) => role.code)}
            onChange={(codes: string[]) => void save(codes)}
            options={roles.map((role) => ({ value: role.code, label: role.title }))}
          />
        )}
      </Field>
    </CardSection>
  );
}
