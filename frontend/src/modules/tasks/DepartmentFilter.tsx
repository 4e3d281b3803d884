import { useTranslation } from "react-i18next";
import { ChoiceList, FilterChip } from "../../core/lists/FilterChip";
import { useDepartments } from "../../core/people/directories";
import "./words";

interface DepartmentFilterProps {
  department: string | undefined;
  onChange: (department: string | undefined) => void;
}

/** A department with everything below it; nothing in a company without departments. */
export function DepartmentFilter({ department, onChange }: DepartmentFilterProps) {
  const { t } = useTranslation("tasks");
  const departments = useDepartments().data;
  if (!departments || departments.length === 0) return null;
  const options = departments.map((one) => ({ value: String(one.id), title: one.title }));
  return (
    <FilterChip
      title={t("department")}
      value={options.find((one) => one.value === department)?.title ?? ""}
      onClear={() => onChange(undefined)}
    >
      {(close) => (
        <ChoiceList
          options={options}
          chosen={department ? [department] : []}
          onPick={(picked) => {
            onChange(picked);
            close();
          }}
        />
      )}
    </FilterChip>
  );
}
