import { useTranslation } from "react-i18next";
import { ChoiceList, FilterChip } from "../../core/lists/FilterChip";
import { useHiddenFields } from "../../core/session/session";
import { useOwnStatuses } from "../../core/statuses/statuses";
import "../../core/statuses/words";
import type { TaskSearch } from "./query";
import { TASKS } from "./task";
import "./words";

interface BoardByProps {
  search: TaskSearch;
  onChange: (next: TaskSearch) => void;
}

/** What the columns of the board are. */
export function BoardBy({ search, onChange }: BoardByProps) {
  const { t } = useTranslation("tasks");
  const { t: own } = useTranslation("statuses");
  const isRefined = useOwnStatuses(TASKS).length > 0;
  const hidden = useHiddenFields(TASKS.code);
  const options = [
    { value: "status", title: t("byStatus") },
    ...(isRefined ? [{ value: "own_status" as const, title: own("byStatus") }] : []),
    { value: "assignee", title: t("byAssignee") },
    ...(hidden.has("due_at") ? [] : [{ value: "due" as const, title: t("byDue") }]),
    ...(hidden.has("priority") ? [] : [{ value: "priority" as const, title: t("byPriority") }]),
  ];
  const by = search.by ?? "status";
  return (
    <span data-testid="board-by">
      <FilterChip
        title={`${t("boardBy")}: `}
        value={options.find((option) => option.value === by)?.title ?? ""}
      >
        {(close) => (
          <ChoiceList
            options={options}
            chosen={[by]}
            onPick={(value) => {
              onChange({ by: value === "status" ? undefined : value });
              close();
            }}
          />
        )}
      </FilterChip>
    </span>
  );
}
