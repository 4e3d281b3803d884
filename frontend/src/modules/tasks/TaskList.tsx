import { Outlet, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { sentenceOf } from "../../api/problem";
import { WalkContext } from "../../core/cards/walk";
import { DISPLAYS, type Display, useDisplay } from "../../core/displays/display";
import { openComposer } from "../../core/entities/module";
import { ChooseRows } from "../../core/lists/ChooseRows";
import { ColumnsButton } from "../../core/lists/ColumnsButton";
import { dueGroup } from "../../core/lists/dueGroups";
import { EntityList } from "../../core/lists/EntityList";
import { isBefore, useGroups, useSummary } from "../../core/lists/groups";
import type { ListQuery } from "../../core/lists/pages";
import { useRowKeys } from "../../core/lists/rowKeys";
import { useRows } from "../../core/lists/rows";
import { useSelection } from "../../core/lists/selection";
import { useDesk } from "../../core/saved_views/desk";
import { SaveView } from "../../core/saved_views/SaveView";
import { ViewTabs } from "../../core/saved_views/ViewTabs";
import { useHiddenFields } from "../../core/session/session";
import { useHotKeys } from "../../ui/keys";
import { usePhone } from "../../ui/screen";
import { Failed, Waiting } from "../../ui/state";
import { TaskPhoneRow, taskColumns } from "./columns";
import { useCounts } from "./counts";
import { EmptyTasks } from "./EmptyTasks";
import {
  groupOf,
  isPlain,
  orderOf,
  seenOf,
  type TaskSearch,
  tabOf,
  toListQuery,
  withoutShape,
} from "./query";
import { TaskBulk } from "./TaskBulk";
import { TaskDisplay } from "./TaskDisplays";
import { TaskFilters } from "./TaskFilters";
import { TaskFoot } from "./TaskFoot";
import { TaskHead } from "./TaskHead";
import { TaskTabs } from "./TaskTabs";
import { TASKS, type TaskRow } from "./task";
import "./tasks.css";
import "./words";

/** What a row far out of sight must still tell: its caption, and what a change of many rows needs. */
const keptOf = ({
  id,
  version,
  state,
  due_at,
  is_overdue,
  is_draft,
  approval,
  assignee,
}: TaskRow) => ({
  id,
  is_draft,
  approval,
  version,
  state,
  due_at,
  is_overdue,
  assignee: assignee && { id: assignee.id },
});

type Viewed = TaskSearch & { view?: string };
const NONE: TaskRow[] = [];
const DATELESS: Display[] = ["table", "board"];
/** Calendars and diagrams are of due moments alone. */
const displaysOf = (hidden: ReadonlySet<string>) => (hidden.has("due_at") ? DATELESS : DISPLAYS);
const nearDue = (row: TaskRow) => dueGroup(row);

/** Tasks as a list; the card opens over it at its own address. */
export function Screen() {
  const { t } = useTranslation("tasks");
  const { t: lists } = useTranslation("lists");
  const navigate = useNavigate();
  const phone = usePhone();
  const search = useSearch({ strict: false }) as Viewed;
  const { taskId } = useParams({ strict: false }) as { taskId?: string };
  const [now] = useState(() => new Date());
  const { view: _view, ...address } = search;
  const hidden = useHiddenFields(TASKS.code);
  const seen = useMemo(() => seenOf(search, hidden) as Viewed, [search, hidden]);
  const { view: _viewed, ...listSearch } = withoutShape(seen);
  const own = useMemo(() => taskColumns(hidden), [hidden]);
  const desk = useDesk<TaskRow>(TASKS, address, own, taskId !== undefined);
  const group = groupOf(seen);
  const queryText = JSON.stringify({ ...toListQuery(listSearch, now), ...desk.asks });
  const plain = useMemo<ListQuery>(() => JSON.parse(queryText), [queryText]);
  const figures = useSummary(TASKS, plain, group);
  const summary = figures.data;
  const { grouped, query, waits } = useGroups(plain, group, figures);
  const find = useRef<HTMLInputElement>(null);
  const tab = tabOf(seen);
  const change = useCallback(
    (next: TaskSearch) =>
      void navigate({
        to: ".",
        search: (old: TaskSearch) => ({ ...old, ...next }),
        replace: true,
      } as never),
    [navigate],
  );
  const [asked, setDisplay] = useDisplay(TASKS, search, (next) => change({ ...next }));
  const displays = displaysOf(hidden);
  const display = displays.includes(asked) ? asked : "table";
  const table = display === "table";
  const [laid, setLaid] = useState<number[]>([]);
  const { rows: read, see, ...list } = useRows<TaskRow>(TASKS, query, keptOf, table);
  const rows = table ? read : NONE;
  const counts = useCounts().data;
  const selection = useSelection(rows.map((row) => row.id));
  const go = (search: TaskSearch) => void navigate({ to: ".", search, replace: true } as never);
  const open = useCallback(
    (row: TaskRow) => void navigate({ to: `${TASKS.route}/${row.id}`, search: true } as never),
    [navigate],
  );
  const current = useRowKeys({
    rows,
    of: queryText,
    selection,
    onOpen: open,
    enabled: !taskId && table,
  });
  useHotKeys({ Slash: () => find.current?.focus() }, { enabled: !taskId });

  const { hasNextPage, isFetchingNextPage } = list;

  const total = isPlain(listSearch) ? (counts?.[tab] ?? null) : hasNextPage ? null : rows.length;
  const walk = useMemo(
    () => (table ? { ids: rows.map((row) => row.id), total } : { ids: laid, total: null }),
    [table, rows, total, laid],
  );
  const waiting = list.isPending || waits || isBefore(rows, grouped);
  const bare = rows.length === 0 && !grouped?.groups.length;

  return (
    <WalkContext value={walk}>
      <TaskHead
        search={seen}
        display={display}
        displays={displays}
        onDisplay={setDisplay}
        onChange={change}
        query={plain}
        columns={desk.columns.flatMap((column) => column.sheet ?? [])}
      />
      <TaskTabs tab={desk.open ? null : tab} counts={counts} onTab={(code) => go({ tab: code })}>
        <ViewTabs
          kind={TASKS}
          open={desk.open}
          changed={desk.changed}
          onOpen={desk.openView}
          onGone={desk.leaveView}
        />
        <SaveView
          kind={TASKS}
          open={desk.open}
          changed={desk.changed}
          parts={desk.parts}
          worth={desk.worth}
          onOpen={desk.openView}
          onKept={desk.keptView}
        />
      </TaskTabs>
      <TaskFilters search={listSearch} display={display} onChange={change} findRef={find}>
        {!phone && table && (
          <ColumnsButton all={desk.all} choice={desk.choice} onChange={desk.arrange} />
        )}
      </TaskFilters>
      {desk.open?.is_narrowed && <p className="hint list-note">{t("viewNarrowed")}</p>}
      {table && group && summary?.groups === null && (
        <p className="hint list-note">{lists("tooManyToGroup")}</p>
      )}
      {!table && (
        <TaskDisplay
          display={display}
          search={seen}
          query={plain}
          onChange={change}
          onShown={setLaid}
        />
      )}
      {table && waiting && <Waiting rows={10} />}
      {table && list.isError && rows.length === 0 && (
        <Failed text={sentenceOf(list.error)} onRetry={() => void list.refetch()} />
      )}
      {table && !waiting && list.isSuccess && bare && (
        <EmptyTasks
          tab={tab}
          filtered={!isPlain(listSearch)}
          onReset={() => go({ tab: search.tab })}
          onCreate={() => openComposer.set("tasks.task")}
        />
      )}
      {table && !waiting && !bare && (
        <>
          <EntityList
            label={t("title")}
            rows={rows}
            columns={desk.columns}
            onWidth={desk.setWidth}
            complete={!hasNextPage}
            groupOf={!group && orderOf(seen) === "due_at" ? nearDue : null}
            grouped={grouped}
            selection={selection}
            current={current}
            ordering={orderOf(seen)}
            onSort={(order) => change({ order: order === "due_at" ? undefined : order })}
            onMore={list.more}
            onSee={see}
            hrefOf={(row) => `${TASKS.route}/${row.id}`}
            onOpen={open}
            phoneRow={(row) => <TaskPhoneRow row={row} />}
          />
          {selection.size > 0 && (
            <TaskBulk
              rows={rows.filter((row) => selection.has(row.id))}
              loaded={rows.length}
              query={plain}
              summary={summary}
              onClear={() => selection.setAll([])}
            />
          )}
          <TaskFoot
            shown={rows.length}
            total={total}
            summary={summary}
            overdue={counts?.overdue ?? 0}
            loading={isFetchingNextPage}
          >
            {phone && rows.length > 0 && (
              <ChooseRows selection={selection} ids={rows.map((row) => row.id)} />
            )}
          </TaskFoot>
        </>
      )}
      <Outlet />
    </WalkContext>
  );
}
