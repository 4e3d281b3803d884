import { useTranslation } from "react-i18next";
import type { Address } from "../../../core/lists/address";
import { ChoiceList, FilterChip } from "../../../core/lists/FilterChip";
import { useDepartments, usePositions } from "../../../core/people/directories";
import "./words";

interface PeopleFiltersProps {
  address: Address;
  onChange: (change: Address) => void;
}

/** Where people work and as whom; a company without departments or positions is not asked about them. */
export function PeopleFilters({ address, onChange }: PeopleFiltersProps) {
  const { t } = useTranslation("staff");
  const departments = useDepartments().data ?? [];
  const positions = usePositions().data ?? [];
  return (
    <>
      <Among
        name="department"
        title={t("department")}
        options={departments.map((one) => ({ value: String(one.id), title: one.path }))}
        address={address}
        onChange={onChange}
      />
      <Among
        name="position"
        title={t("position")}
        options={positions.map((one) => ({ value: String(one.id), title: one.title }))}
        address={address}
        onChange={onChange}
      />
    </>
  );
}

interface AmongProps extends PeopleFiltersProps {
  name: "department" | "position";
  title: string;
  options: { value: string; title: string }[];
}

function Among({ name, title, options, address, onChange }: AmongProps) {
  const chosen = (address[name] ?? "").split(",").filter(Boolean);
  if (options.length === 0) return null;
  const pick = (value: string) => {
    const next = chosen.includes(value)
      ? chosen.filter((one) => one !== value)
      : [...chosen, value];
    onChange({ [name]: next.length > 0 ? next.join(",") : undefined });
  };
  const named = options.filter((one) => chosen.includes(one.value));
  return (
    <FilterChip
      title={title}
      value={named.map((one) => one.title).join(", ")}
      onClear={() => onChange({ [name]: undefined })}
      width={280}
    >
      {() => <ChoiceList options={options} chosen={chosen} onPick={pick} />}
    </FilterChip>
  );
}
