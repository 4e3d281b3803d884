import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { sentenceOf } from "../../api/problem";
import { get } from "../../api/request";
import { WalkContext } from "../../core/cards/walk";
import { DisplaySwitch } from "../../core/displays/DisplaySwitch";
import { useDisplay } from "../../core/displays/display";
import { keys } from "../../core/entities/kind";
import { openComposer } from "../../core/entities/module";
import { dueGroup } from "../../core/lists/dueGroups";
import { EntityList } from "../../core/lists/EntityList";
import { useRows } from "../../core/lists/rows";
import { useSelection } from "../../core/lists/selection";
import { countText } from "../../ui/format";
import { Icon } from "../../ui/icon";
import { useHotKeys } from "../../ui/keys";
import { usePhone } from "../../ui/screen";
import { Failed, Waiting } from "../../ui/state";
import { BoardBy } from "./BoardBy";
import { TaskPhoneRow, taskColumns } from "./columns";
import { EmptyTasks } from "./EmptyTasks";
import { isPlain, orderOf, TABS, type TabCode, type TaskSearch, tabOf, toListQuery } from "./query";
import { RulesButton } from "./RulesDialog";
import { TaskBulk } from "./TaskBulk";
import { TaskDisplay } from "./TaskDisplays";
import { TaskFilters } from "./TaskFilters";
import { TASKS, type TaskRow } from "./task";
import "./tasks.css";
import "./words";

type Counts = Record<TabCode, number>;

/** What a row far out of sight must still tell: its caption, and what a change of many rows needs. */
const keptOf = ({ id, version, state, due_at, is_overdue, is_draft, assignee }: TaskRow) => ({
  id,
  is_draft,
  version,
  state,
  due_at,
  is_overdue,
  assignee: assignee && { id: assignee.id },
});

const NONE: TaskRow[] = [];
const nearDue = (row: TaskRow) => dueGroup(row);

function useCounts() {
  return useQuery({
    queryKey: keys.counts(TASKS),
    queryFn: () => get<Counts>("tasks/counts/"),
    staleTime: 10_000,
  });
}

/** Tasks as a list; the card opens over it at its own address. */
export function Screen() {
  const { t } = useTranslation("tasks");
  const { t: lists } = useTranslation("lists");
  const navigate = useNavigate();
  const phone = usePhone();
  const search = useSearch({ strict: false }) as TaskSearch & { view?: string };
  const { taskId } = useParams({ strict: false }) as { taskId?: string };
  const [now] = useState(() => new Date());
  const {
    view: _view,
    display: _display,
    by: _by,
    day: _day,
    scale: _scale,
    ...listSearch
  } = search;
  const queryText = JSON.stringify(toListQuery(listSearch, now));
  const query = useMemo(() => JSON.parse(queryText), [queryText]);
  const tab = tabOf(search);
  const change = useCallback(
    (next: TaskSearch) => {
      setCurrent(-1);
      void navigate({
        to: ".",
        search: (old: TaskSearch) => ({ ...old, ...next }),
        replace: true,
      } as never);
    },
    [navigate],
  );
  const [display, setDisplay] = useDisplay(TASKS, search, change);
  const table = display === "table";
  const [laid, setLaid] = useState<number[]>([]);
  const { rows: read, see, ...list } = useRows<TaskRow>(TASKS, query, keptOf, table);
  const rows = table ? read : NONE;
  const counts = useCounts().data;
  const columns = useMemo(taskColumns, []);
  const selection = useSelection(rows.map((row) => row.id));
  const [current, setCurrent] = useState(-1);
  const find = useRef<HTMLInputElement>(null);

  const open = useCallback(
    (row: TaskRow) => void navigate({ to: `${TASKS.route}/${row.id}`, search: true } as never),
    [navigate],
  );
  const move = (step: number) => setCurrent(Math.min(rows.length - 1, Math.max(0, current + step)));
  const openCurrent = () => {
    const row = rows[current];
    if (row) open(row);
  };
  const chooseCurrent = () => {
    const row = rows[current];
    if (row) selection.toggle(row.id, false);
  };

  useHotKeys(
    {
      KeyJ: () => move(1),
      ArrowDown: () => move(1),
      KeyK: () => move(-1),
      ArrowUp: () => move(-1),
      Enter: openCurrent,
      KeyE: openCurrent,
      KeyX: chooseCurrent,
      Space: chooseCurrent,
      Escape: () => selection.setAll([]),
    },
    { enabled: !taskId && table },
  );
  useHotKeys({ Slash: () => find.current?.focus() }, { enabled: !taskId });

  const { fetchNextPage, hasNextPage, isFetchingNextPage } = list;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  const total = isPlain(listSearch) ? (counts?.[tab] ?? null) : hasNextPage ? null : rows.length;
  const walk = useMemo(
    () => (table ? { ids: rows.map((row) => row.id), total } : { ids: laid, total: null }),
    [table, rows, total, laid],
  );
  const shown = countText(rows.length);
  const grouped = orderOf(search) === "due_at";

  return (
    <WalkContext value={walk}>
      <div className="ph-row tasks-h">
        <h1>{t("title")}</h1>
        <span className="grow" />
        {display === "board" && <BoardBy search={search} onChange={change} />}
        <DisplaySwitch value={display} onChange={setDisplay} />
        <Link to={"/tasks/assignments" as never} className="btn quiet" data-testid="to-assignments">
          <Icon name="users" />
          <span className="tasks-w">{t("assignments")}</span>
        </Link>
        <Link to={"/tasks/workload" as never} className="btn quiet" data-testid="to-workload">
          <Icon name="chart-column" />
          <span className="tasks-w">{t("workload")}</span>
        </Link>
        <RulesButton />
      </div>
      <div className="tabs" role="tablist" aria-label={t("views")}>
        {TABS.filter((code) => code !== "drafts" || tab === code || !!counts?.drafts).map(
          (code) => (
            <button
              key={code}
              type="button"
              role="tab"
              className="tab"
              aria-selected={tab === code}
              onClick={() => change({ tab: code === "mine" ? undefined : code })}
              data-testid={`tab-${code}`}
            >
              {t(code)}
              {counts && code !== "all" && (
                <em className={code === "overdue" && counts.overdue > 0 ? "hot" : ""}>
                  {countText(counts[code])}
                </em>
              )}
            </button>
          ),
        )}
      </div>
      <TaskFilters search={search} onChange={change} findRef={find} />
      {display !== "table" && (
        <TaskDisplay
          display={display}
          search={search}
          query={query}
          onChange={change}
          onShown={setLaid}
        />
      )}
      {table && list.isPending && <Waiting rows={10} />}
      {table && list.isError && rows.length === 0 && (
        <Failed text={sentenceOf(list.error)} onRetry={() => void list.refetch()} />
      )}
      {table && list.isSuccess && rows.length === 0 && (
        <EmptyTasks
          tab={tab}
          filtered={!isPlain(listSearch)}
          onReset={() => void navigate({ to: ".", search: { tab: search.tab } } as never)}
          onCreate={() => openComposer.set("tasks.task")}
        />
      )}
      {rows.length > 0 && (
        <>
          <EntityList
            label={t("title")}
            rows={rows}
            columns={columns}
            complete={!hasNextPage}
            groupOf={grouped ? nearDue : null}
            selection={selection}
            current={current}
            ordering={orderOf(search)}
            onSort={(order) => change({ order: order === "due_at" ? undefined : order })}
            onMore={more}
            onSee={see}
            hrefOf={(row) => `${TASKS.route}/${row.id}`}
            onOpen={open}
            phoneRow={(row) => <TaskPhoneRow row={row} />}
          />
          {selection.size > 0 && !phone && (
            <TaskBulk
              rows={rows.filter((row) => selection.has(row.id))}
              onClear={() => selection.setAll([])}
            />
          )}
          <footer className="tfoot">
            <span>
              {total === null
                ? lists("shown", { shown })
                : lists("shownOf", { shown, total: countText(Math.max(total, rows.length)) })}
            </span>
            {counts && counts.overdue > 0 && (
              <span>{t("overdueCount", { count: counts.overdue })}</span>
            )}
            {isFetchingNextPage && <span>{lists("loadingMore")}</span>}
          </footer>
        </>
      )}
      <Outlet />
    </WalkContext>
  );
}
