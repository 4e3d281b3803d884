import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Workload, WorkloadLine, WorkloadLoad, WorkloadSpan } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { get } from "../../api/request";
import { dateOf, keyOf, mondayOf, plusDays } from "../../core/displays/days";
import { WindowBar } from "../../core/displays/WindowBar";
import { PersonChip } from "../../core/people/PersonChip";
import { useHiddenFields } from "../../core/session/session";
import { Button } from "../../ui/button";
import { dateText, longDay } from "../../ui/format";
import { Segmented } from "../../ui/marks";
import { Empty, Failed, Waiting } from "../../ui/state";
import { DepartmentFilter } from "./DepartmentFilter";
import { heatOf, hoursText, hrefOfLoad } from "./load";
import { TASKS } from "./task";
import "../../core/displays/displays.css";
import "../../core/lists/lists.css";
import "./assignments.css";
import "./workload.css";
import "./words";

type By = "day" | "week";
interface Search {
  by?: By | undefined;
  day?: string | undefined;
  department?: string | undefined;
}

const DAYS: Record<By, number> = { day: 14, week: 56 };

/** «Загрузка»: people by days, how much of their time is taken; every cell opens its rows. */
export function Screen() {
  const { t } = useTranslation("tasks");
  const { t: ui } = useTranslation("ui");
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const by: By = search.by === "week" ? "week" : "day";
  const first = mondayOf(dateOf(search.day));
  const from = keyOf(first);
  const change = (next: Search) =>
    void navigate({ to: ".", search: (old: Search) => ({ ...old, ...next }) } as never);
  const hasDues = !useHiddenFields(TASKS.code).has("due_at");
  const query = useInfiniteQuery({
    queryKey: [TASKS.code, "workload", from, by, search.department],
    queryFn: ({ pageParam, signal }) => {
      const asked = { from, by, department: search.department, cursor: pageParam };
      return get<Workload>("tasks/workload/", { query: asked, signal });
    },
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
    staleTime: 10_000,
    enabled: hasDues,
  });
  const lines = query.data?.pages.flatMap((page) => page.results) ?? [];
  const spans = query.data?.pages[0]?.spans ?? [];
  return (
    <div className="report">
      <div className="ph-row report-h">
        <h1>{t("workload")}</h1>
        <span className="grow" />
        <Link to={TASKS.route as never} className="btn quiet">
          {t("title")}
        </Link>
      </div>
      {hasDues && <p className="load-note t3 f13">{t("workloadText")}</p>}
      {hasDues && (
        <WindowBar
          title={`${dateText(first)} – ${dateText(plusDays(first, DAYS[by] - 1))}`}
          onTurn={(step) => change({ day: keyOf(plusDays(first, (step * DAYS[by]) / 2)) })}
          onToday={() => change({ day: undefined })}
        >
          <DepartmentFilter
            department={search.department}
            onChange={(department) => change({ department })}
          />
          <Segmented<By>
            label={t("due")}
            value={by}
            options={[
              { value: "day", title: t("workloadDays") },
              { value: "week", title: t("workloadWeeks") },
            ]}
            onChange={(next) => change({ by: next === "day" ? undefined : next })}
          />
        </WindowBar>
      )}
      {!hasDues && (
        <Empty icon="shield-check" title={t("workloadShut")} text={t("workloadShutText")} />
      )}
      {hasDues && query.isPending && <Waiting rows={8} />}
      {query.isError && !query.data && (
        <Failed text={sentenceOf(query.error)} onRetry={() => void query.refetch()} />
      )}
      {query.isSuccess && lines.length === 0 && (
        <Empty icon="users" title={t("workloadEmpty")} text={t("workloadEmptyText")} />
      )}
      {lines.length > 0 && <Heat lines={lines} spans={spans} />}
      {query.hasNextPage && (
        <Button look="quiet" onClick={() => void query.fetchNextPage()}>
          {ui("more")}
        </Button>
      )}
    </div>
  );
}

const WEEKDAY = new Intl.DateTimeFormat("ru", { weekday: "short" });

function captionOf(span: WorkloadSpan): [string, string] {
  const since = dateOf(span.since);
  const short = dateText(since).slice(0, 5);
  return span.since === span.until
    ? [WEEKDAY.format(since), short]
    : [short, `– ${dateText(dateOf(span.until)).slice(0, 5)}`];
}

const spokenOf = (span: WorkloadSpan): string =>
  span.since === span.until
    ? longDay(dateOf(span.since))
    : `${dateText(dateOf(span.since))} – ${dateText(dateOf(span.until))}`;

function Heat({ lines, spans }: { lines: WorkloadLine[]; spans: WorkloadSpan[] }) {
  const { t } = useTranslation("tasks");
  const today = keyOf(new Date());
  return (
    <div className="report-box">
      <table className="report-t load" data-testid="workload">
        <caption className="vh">{t("workloadText")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("assignee")}</th>
            <th scope="col" className="num">
              {t("figOverdue")}
            </th>
            {spans.map((span) => {
              const [above, below] = captionOf(span);
              const isNow = span.since <= today && today <= span.until;
              const classes = [span.working === 0 ? "off" : "", isNow ? "now" : ""].join(" ");
              return (
                <th key={span.since} scope="col" className={classes}>
                  <span className="vh">{spokenOf(span)}</span>
                  <span aria-hidden>
                    {above}
                    <br />
                    {below}
                  </span>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.person.id} data-testid="workload-row">
              <th scope="row">
                <PersonChip person={line.person} />
              </th>
              <td className="num" data-label={t("figOverdue")}>
                {line.overdue > 0 ? (
                  <Link
                    to={`/tasks?display=table&tab=overdue&assignee=${line.person.id}` as never}
                    className="red"
                  >
                    {line.overdue}
                  </Link>
                ) : (
                  <span className="t3">—</span>
                )}
              </td>
              {spans.map((span, index) => {
                const load = line.loads[index];
                return (
                  load && <Cell key={span.since} person={line.person.id} span={span} load={load} />
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface CellProps {
  person: number | null;
  span: WorkloadSpan;
  load: WorkloadLoad;
}

/** Hours above, the count of tasks below; a colour never says anything that the words do not. */
function Cell({ person, span, load }: CellProps) {
  const { t } = useTranslation("tasks");
  const heat = heatOf(load, span.working);
  const [above, below] = captionOf(span);
  const classes = `heat ${heat === "over" ? "past" : heat} ${span.working === 0 ? "off" : ""}`;
  if (load.tasks === 0) {
    return (
      <td className={classes} data-label={`${above} ${below}`}>
        <span className="vh">{span.working === 0 ? t("loadNoWork") : t("workloadFree")}</span>
      </td>
    );
  }
  const told = [
    spokenOf(span),
    t("loadTasks", { count: load.tasks }),
    t("loadHoursOf", { hours: hoursText(load.minutes), working: hoursText(span.working) }),
    load.unestimated > 0 ? t("loadUnestimated", { count: load.unestimated }) : "",
    heat === "over" ? t("loadOver") : "",
  ].filter(Boolean);
  return (
    <td className={classes} data-label={`${above} ${below}`}>
      <Link
        to={hrefOfLoad(person, span) as never}
        title={told.join(". ")}
        aria-label={told.join(". ")}
        data-testid={`load-${span.since}`}
      >
        {load.minutes > 0 && (
          <b className="num">{t("loadHours", { hours: hoursText(load.minutes) })}</b>
        )}
        <span className="num">{t("loadTasks", { count: load.tasks })}</span>
      </Link>
    </td>
  );
}
