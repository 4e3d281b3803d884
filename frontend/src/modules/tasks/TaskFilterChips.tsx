import { useTranslation } from "react-i18next";
import { ChoiceList, FilterChip } from "../../core/lists/FilterChip";
import { PersonList } from "../../core/people/PersonList";
import { usePerson } from "../../core/people/people";
import { dateText } from "../../ui/format";
import { type DueChoice, daysOfDue, idsOf, listOf, type TaskSearch, toggled } from "./query";
import "./words";

export type FilterCode = "assignee" | "initiator" | "due" | "priority";

interface ChipProps {
  search: TaskSearch;
  onChange: (change: TaskSearch) => void;
  /** It has just been taken out of those that were put away. */
  startsOpen: boolean;
  onClosed: () => void;
}

/** One of the list's own filters. */
export function TaskFilterChip({ code, ...props }: ChipProps & { code: FilterCode }) {
  if (code === "due") return <DueFilter {...props} />;
  if (code === "priority") return <PriorityFilter {...props} />;
  return <PeopleFilter field={code} {...props} />;
}

const titleOf = <V extends string>(options: { value: V; title: string }[], value?: V): string =>
  options.find((option) => option.value === value)?.title ?? "";

function DueFilter({ search, onChange, ...chip }: ChipProps) {
  const { t } = useTranslation("tasks");
  const dues: { value: DueChoice; title: string }[] = [
    { value: "overdue", title: t("dueOverdue") },
    { value: "today", title: t("dueToday") },
    { value: "week", title: t("dueWeek") },
    { value: "month", title: t("dueMonth") },
    { value: "none", title: t("dueNone") },
  ];
  const days = daysOfDue(search.due);
  const due = days ? undefined : (search.due as DueChoice | undefined);
  return (
    <FilterChip
      {...chip}
      title={t("due")}
      value={[...new Set(days?.map(dateText))].join(" – ") || titleOf(dues, due)}
      onClear={() => onChange({ due: undefined })}
    >
      {(close) => (
        <ChoiceList
          options={dues}
          chosen={due ? [due] : []}
          onPick={(value) => {
            onChange({ due: value });
            close();
          }}
        />
      )}
    </FilterChip>
  );
}

function PriorityFilter({ search, onChange, ...chip }: ChipProps) {
  const { t } = useTranslation("tasks");
  const priorities = [
    { value: "urgent", title: t("priorityUrgent") },
    { value: "important", title: t("priorityImportant") },
    { value: "normal", title: t("priorityNormal") },
  ];
  const chosen = listOf(search.priority);
  return (
    <FilterChip
      {...chip}
      title={t("priority")}
      value={chosen.map((code) => titleOf(priorities, code)).join(", ")}
      onClear={() => onChange({ priority: undefined })}
    >
      {() => (
        <ChoiceList
          options={priorities}
          chosen={chosen}
          onPick={(value) => onChange({ priority: toggled(search.priority, value) })}
        />
      )}
    </FilterChip>
  );
}

function PeopleFilter({
  field,
  search,
  onChange,
  ...chip
}: ChipProps & { field: "assignee" | "initiator" }) {
  const { t } = useTranslation("tasks");
  const ids = idsOf(search[field]);
  const first = usePerson(ids[0] ?? null);
  const rest = ids.length > 1 ? ` + ${ids.length - 1}` : "";
  const value = ids.length > 0 ? `${first.data?.name ?? "…"}${rest}` : "";
  return (
    <FilterChip
      {...chip}
      title={t(field)}
      value={value}
      onClear={() => onChange({ [field]: undefined })}
      width={300}
    >
      {() => (
        <PersonList
          chosen={ids}
          onPick={(person) => onChange({ [field]: toggled(search[field], String(person.id)) })}
        />
      )}
    </FilterChip>
  );
}
