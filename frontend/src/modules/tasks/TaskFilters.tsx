import { useCallback, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Display } from "../../core/displays/display";
import { Conditions } from "../../core/lists/Conditions";
import { ChoiceList, FilterChip } from "../../core/lists/FilterChip";
import { Find } from "../../core/lists/Find";
import { useFold } from "../../core/lists/fold";
import { GroupChoice } from "../../core/lists/GroupChoice";
import { useHiddenFields } from "../../core/session/session";
import { useOwnStatuses } from "../../core/statuses/statuses";
import "../../core/statuses/words";
import {
  GROUPS,
  groupOf,
  listOf,
  orderOf,
  type StateChoice,
  type TaskSearch,
  toggled,
} from "./query";
import { type FilterCode, TaskFilterChip } from "./TaskFilterChips";
import { TASKS } from "./task";
import "./words";

const FILTERS: FilterCode[] = ["assignee", "initiator", "due", "priority"];
const FOLDED_FIRST: FilterCode[] = ["initiator", "priority", "assignee", "due"];
/** Which field of a task tells what lists are narrowed, ordered and grouped by, where the names differ. */
const FIELDS: Record<string, string> = { due: "due_at", late: "due_at" };

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
  const { t: lists } = useTranslation("lists");
  const isRefined = useOwnStatuses(TASKS).length > 0;
  const hidden = useHiddenFields(TASKS.code);
  const isSeen = (code: string) => !hidden.has(FIELDS[code] ?? code);
  const groups = GROUPS.filter((code) => (code !== "own_status" || isRefined) && isSeen(code));
  const able = FILTERS.filter(isSeen);
  const bar = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<FilterCode | null>(null);
  // What is set stays in sight; of the rest as much as one row has room for.
  const spare = FOLDED_FIRST.filter(
    (code) => able.includes(code) && !search[code] && code !== opened,
  );
  const folded = spare.slice(0, useFold(bar, spare.length, JSON.stringify(search) + opened));
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
  const orders = [
    { value: "due_at", title: t("sortDue") },
    { value: "late", title: t("sortLate") },
    { value: "-priority", title: t("sortPriority") },
    { value: "-changed_at", title: t("sortChanged") },
    { value: "-created_at", title: t("sortCreated") },
  ].filter(({ value }) => isSeen(value.replace("-", "")));
  const state = search.state ?? "open";
  const chosenStatuses = listOf(search.status);
  const titleOf = <V extends string>(
    options: { value: V; title: string }[],
    value: V | undefined,
  ) => options.find((option) => option.value === value)?.title ?? "";

  return (
    <div className="filters" ref={bar}>
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
      {able
        .filter((code) => !folded.includes(code))
        .map((code) => (
          <TaskFilterChip
            key={code}
            code={code}
            search={search}
            onChange={onChange}
            startsOpen={code === opened}
            onClosed={() => setOpened(null)}
          />
        ))}
      <Conditions
        kind={TASKS}
        address={search}
        onChange={onChange}
        folded={folded.map((code) => ({ code, title: t(code) }))}
        onUnfold={(code) => setOpened(code as FilterCode)}
      />
      <div className="filters-end">
        {display === "table" && (
          <GroupChoice
            options={groups.map((code) => ({
              value: code,
              title: code === "own_status" ? own("status") : t(code),
            }))}
            chosen={groupOf(search)}
            // By due moment a list has captions of its own: «Сегодня», «Позже».
            unchosen={orderOf(search) === "due_at" ? lists("groupByOrder") : undefined}
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
