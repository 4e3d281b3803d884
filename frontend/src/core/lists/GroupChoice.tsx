import { useTranslation } from "react-i18next";
import { ChoiceList, FilterChip } from "./FilterChip";
import "./words";

interface GroupChoiceProps {
  options: { value: string; title: string }[];
  chosen: string | undefined;
  /** How the list stands while nothing is chosen, when that is not «без групп». */
  unchosen?: string | undefined;
  onPick: (value: string | undefined) => void;
}

/** By what the list falls into groups. */
export function GroupChoice({ options, chosen, unchosen, onPick }: GroupChoiceProps) {
  const { t } = useTranslation("lists");
  return (
    <FilterChip
      title={t("group")}
      value={options.find((one) => one.value === chosen)?.title ?? ""}
      onClear={() => onPick(undefined)}
    >
      {(close) => (
        <ChoiceList
          options={[{ value: "", title: unchosen ?? t("groupNone") }, ...options]}
          chosen={[chosen ?? ""]}
          onPick={(value) => {
            onPick(value || undefined);
            close();
          }}
        />
      )}
    </FilterChip>
  );
}
