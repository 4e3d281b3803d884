import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { Display } from "../../core/displays/display";
import { Conditions } from "../../core/lists/Conditions";
import { ChoiceList, FilterChip } from "../../core/lists/FilterChip";
import { Find } from "../../core/lists/Find";
import { GroupChoice } from "../../core/lists/GroupChoice";
import { PersonList } from "../../core/people/PersonList";
import { usePerson } from "../../core/people/people";
import { useOwnStatuses } from "../../core/statuses/statuses";
import "../../core/statuses/words";
import { dateText } from "../../ui/format";
import {
  type DueChoice,
  daysOfDue,
  GROUPS,
  groupOf,
  idsOf,
  listOf,
  orderOf,
  type StateChoice,
  type TaskSearch,
  toggled,
} from "./query";
import { TASKS } from "./task";
import "./words";

interface TaskFiltersProps {
  search: TaskSearch;
  /** Groups are for a table, an order for what stands in lines. */
  display: Display;
  onChange: (change: TaskSearch) => void;
  findRef: React.RefObject<HTMLInputElement | null>;
  /** What stands at the end of the bar: columns, views. */
  children?: React.ReactNode;
}

/** The bar of filters; all of it lives in the address. */
export function TaskFilters(props: TaskFiltersProps) {
  const { search, display, onChange, findRef, children } = props;
  const { t } = useTranslation("tasks");
  const { t: own } = useTranslation("statuses");
  const isRefined = useOwnStatuses(TASKS).length > 0;
  const groups = GROUPS.filter((code) => code !== "own_status" || isRefined);
  const onFind = useCallback((text: string | undefined) => onChange({ search: text }), [onChange]);
  const states: { value: StateChoice; title: string }[] = [
    { value: "open", title: t("stateOpen") },
    { value: "done", title: t("stateDone") },
    { value: "cancelled", title: t("stateCancelled") },
    { value: "all", title: t("stateAll") },
  ];
  const statuses = [
    { value: "new", title: t("statusNew") },
    { value: "accepted", title: t("statusAccepted") },
    { value: "in_work", title: t("statusInWork") },
    { value: "in_review", title: t("statusInReview") },
    { value: "returned", title: t("statusReturned") },
  ];
  const dues: { value: DueChoice; title: string }[] = [
    { value: "overdue", title: t("dueOverdue") },
    { value: "today", title: t("dueToday") },
    { value: "week", title: t("dueWeek") },
    { value: "month", title: t("dueMonth") },
    { value: "none", title: t("dueNone") },
  ];
  const priorities = [
    { value: "urgent", title: t("priorityUrgent") },
    { value: "important", title: t("priorityImportant") },
    { value: "normal", title: t("priorityNormal") },
  ];
  const chosenPriorities = listOf(search.priority);
  const orders = [
    { value: "due_at", title: t("sortDue") },
    { value: "late", title: t("sortLate") },
    { value: "-priority", title: t("sortPriority") },
    { value: "-changed_at", title: t("sortChanged") },
    { value: "-created_at", title: t("sortCreated") },
  ];
  const dueDays = daysOfDue(search.due);
  const dueText = [...new Set(dueDays?.map(dateText))].join(" – ");
  const due = dueDays ? undefined : (search.due as DueChoice | undefined);
  const state = search.state ?? "open";
  const chosenStatuses = listOf(search.status);
  const titleOf = <V extends string>(
    options: { value: V; title: string }[],
    value: V | undefined,
  ) => options.find((option) => option.value === value)?.title ?? "";

  return (
    <div className="filters">
      <Find value={search.search} onFind={onFind} findRef={findRef} />
      <FilterChip
        title={t("status")}
        value={
          chosenStatuses.map((code) => titleOf(statuses, code)).join(", ") ||
          (state === "all" ? "" : titleOf(states, state))
        }
        onClear={() => onChange({ state: "all", status: undefined })}
      >
        {(close) => (
          <>
            <ChoiceList
              options={states}
              chosen={chosenStatuses.length > 0 ? [] : [state]}
              onPick={(value) => {
                onChange({ state: value === "open" ? undefined : value, status: undefined });
                close();
              }}
            />
            <div className="pop-sep" />
            <ChoiceList
              options={statuses}
              chosen={chosenStatuses}
              onPick={(value) =>
                onChange({ state: undefined, status: toggled(search.status, value) })
              }
            />
          </>
        )}
      </FilterChip>
      <PeopleFilter title={t("assignee")} field="assignee" search={search} onChange={onChange} />
      <PeopleFilter title={t("initiator")} field="initiator" search={search} onChange={onChange} />
      <FilterChip
        title={t("due")}
        value={dueText || titleOf(dues, due)}
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
      <FilterChip
        title={t("priority")}
        value={chosenPriorities.map((code) => titleOf(priorities, code)).join(", ")}
        onClear={() => onChange({ priority: undefined })}
      >
        {() => (
          <ChoiceList
            options={priorities}
            chosen={chosenPriorities}
            onPick={(value) => onChange({ priority: toggled(search.priority, value) })}
          />
        )}
      </FilterChip>
      <Conditions kind={TASKS} address={search} onChange={onChange} />
      <div className="filters-end">
        {display === "table" && (
          <GroupChoice
            options={groups.map((code) => ({
              value: code,
              title: code === "own_status" ? own("status") : t(code),
            }))}
            chosen={groupOf(search)}
            onPick={(group) => onChange({ group })}
          />
        )}
        {(display === "table" || display === "board") && (
          <FilterChip title="" value={titleOf(orders, orderOf(search)) || t("sortColumn")}>
            {(close) => (
              <ChoiceList
                options={orders}
                chosen={[orderOf(search)]}
                onPick={(value) => {
                  onChange({ order: value === "due_at" ? undefined : value });
                  close();
                }}
              />
            )}
          </FilterChip>
        )}
        {children}
      </div>
    </div>
  );
}

interface PeopleFilterProps {
  title: string;
  field: "assignee" | "initiator";
  search: TaskSearch;
  onChange: (change: TaskSearch) => void;
}

function PeopleFilter({ title, field, search, onChange }: PeopleFilterProps) {
  const ids = idsOf(search[field]);
  const first = usePerson(ids[0] ?? null);
  const rest = ids.length > 1 ? ` + ${ids.length - 1}` : "";
  const value = ids.length > 0 ? `${first.data?.name ?? "…"}${rest}` : "";
  return (
    <FilterChip
      title={title}
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
