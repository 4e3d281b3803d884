import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Assignments, AssignmentsLine } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { get } from "../../api/request";
import { ChoiceList, FilterChip } from "../../core/lists/FilterChip";
import { useHiddenFields } from "../../core/session/session";
import { Button } from "../../ui/button";
import { dateText } from "../../ui/format";
import { Segmented } from "../../ui/marks";
import { Empty, Failed, Waiting } from "../../ui/state";
import { AssignmentsTable, type Whose } from "./AssignmentsTable";
import { DepartmentFilter } from "./DepartmentFilter";
import "./assignments.css";
import { TASKS } from "./task";
import "../../core/lists/lists.css";
import "./words";

type Due = "week" | "month";
interface Search {
  whose?: Whose;
  department?: string;
  due?: Due;
}

const DAYS: Record<Due, number> = { week: 7, month: 30 };
const DAY_MS = 86_400_000;

/** Until the end of the day so many days ahead; what is late is within it, too. */
function untilOf(due: Due | undefined): string | undefined {
  if (!due) return undefined;
  const end = new Date(Date.now() + DAYS[due] * DAY_MS);
  return new Date(end.getFullYear(), end.getMonth(), end.getDate() + 1).toISOString();
}

/** «Поручения»: who was given what and how it stands; every figure opens its rows. */
export function Screen() {
  const { t } = useTranslation("tasks");
  const { t: ui } = useTranslation("ui");
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const hasDues = !useHiddenFields(TASKS.code).has("due_at");
  const until = hasDues ? untilOf(search.due) : undefined;
  const whose = search.whose ?? "given";
  const change = (next: Search) =>
    void navigate({ to: ".", search: (old: Search) => ({ ...old, ...next }) } as never);
  const query = useInfiniteQuery({
    queryKey: [TASKS.code, "assignments", whose, search.department, hasDues && search.due],
    queryFn: ({ pageParam }) =>
      get<Assignments>("tasks/assignments/", {
        query: {
          whose,
          department: search.department,
          due_at__lt: until,
          cursor: pageParam,
        },
      }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
    staleTime: 10_000,
  });
  const lines = (query.data?.pages.flatMap((page) => page.results) ?? []).toSorted(worstFirst);
  const canReach = query.data?.pages[0]?.can_reach ?? false;
  return (
    <div className="report">
      <div className="ph-row report-h">
        <h1>{t("assignments")}</h1>
        <span className="t3 f13 print-only">{dateText(new Date())}</span>
        <span className="grow" />
        <Button look="quiet" icon="printer" onClick={() => window.print()}>
          {t("print")}
        </Button>
      </div>
      <div className="filters">
        {(canReach || whose === "reach") && (
          <Segmented<Whose>
            label={t("whose")}
            value={whose}
            options={[
              { value: "given", title: t("whoseGiven") },
              { value: "reach", title: t("whoseReach") },
            ]}
            onChange={(value) => change({ whose: value })}
          />
        )}
        <DepartmentFilter
          department={search.department}
          onChange={(department) => change({ department } as never)}
        />
        {hasDues && (
          <FilterChip
            title={t("due")}
            value={search.due ? t(search.due === "week" ? "dueWeek" : "dueMonth") : ""}
            onClear={() => change({ due: undefined } as never)}
          >
            {(close) => (
              <ChoiceList<Due>
                options={[
                  { value: "week", title: t("dueWeek") },
                  { value: "month", title: t("dueMonth") },
                ]}
                chosen={search.due ? [search.due] : []}
                onPick={(due) => {
                  change({ due });
                  close();
                }}
              />
            )}
          </FilterChip>
        )}
      </div>
      {query.isPending && <Waiting rows={8} />}
      {query.isError && !query.data && (
        <Failed text={sentenceOf(query.error)} onRetry={() => void query.refetch()} />
      )}
      {query.isSuccess && lines.length === 0 && (
        <Empty
          icon="circle-check-big"
          title={t("assignmentsEmpty")}
          text={t("assignmentsEmptyText")}
        />
      )}
      {lines.length > 0 && <AssignmentsTable lines={lines} whose={whose} until={until} />}
      {query.hasNextPage && (
        <Button look="quiet" onClick={() => void query.fetchNextPage()}>
          {ui("more")}
        </Button>
      )}
    </div>
  );
}

const worstFirst = (one: AssignmentsLine, two: AssignmentsLine): number =>
  two.overdue - one.overdue || two.open - one.open;
