import { useTranslation } from "react-i18next";
import { ChoiceList, FilterChip } from "../../../core/lists/FilterChip";
import "../../../core/statuses/words";
import type { PeopleBy as By } from "./query";
import "./words";

interface PeopleByProps {
  by: By;
  options: By[];
  onChange: (by: By) => void;
}

/** What the columns of the board are. */
export function PeopleBy({ by, options, onChange }: PeopleByProps) {
  const { t } = useTranslation("staff");
  const { t: own } = useTranslation("statuses");
  const titles = options.map((value) => ({
    value,
    title: value === "own_status" ? own("byStatus") : t(value),
  }));
  return (
    <span data-testid="board-by">
      <FilterChip
        title={`${t("boardBy")}: `}
        value={titles.find((one) => one.value === by)?.title ?? ""}
      >
        {(close) => (
          <ChoiceList
            options={titles}
            chosen={[by]}
            onPick={(value) => {
              onChange(value);
              close();
            }}
          />
        )}
      </FilterChip>
    </span>
  );
}
