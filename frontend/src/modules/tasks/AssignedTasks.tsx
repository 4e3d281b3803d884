import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Page, Person } from "../../api/contract";
import type { AssignedTaskOut } from "../../api/generated/company/types.gen";
import { sentenceOf } from "../../api/problem";
import { get } from "../../api/request";
import { useHiddenFields } from "../../core/session/session";
import { Button } from "../../ui/button";
import { momentText } from "../../ui/format";
import { Icon } from "../../ui/icon";
import { Failed, Waiting } from "../../ui/state";
import type { Whose } from "./AssignmentsTable";
import { TASKS } from "./task";
import "./words";

interface Props {
  person: Person;
  whose: Whose;
  until: string | undefined;
}

/** What a person was given: when each is due, how late it is, and who keeps it waiting. */
export function AssignedTasks({ person, whose, until }: Props) {
  const { t } = useTranslation("tasks");
  const { t: ui } = useTranslation("ui");
  const query = useInfiniteQuery({
    queryKey: [TASKS.code, "assignments", "of", person.id, whose, until],
    queryFn: ({ pageParam, signal }) =>
      get<Page<AssignedTaskOut>>(`tasks/assignments/${person.id}/`, {
        query: { whose, due_at__lt: until, cursor: pageParam },
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
    staleTime: 10_000,
  });
  const rows = query.data?.pages.flatMap((page) => page.results) ?? [];
  if (query.isPending) return <Waiting rows={3} />;
  if (query.isError)
    return <Failed text={sentenceOf(query.error)} onRetry={() => void query.refetch()} />;
  return (
    <>
      <ul className="assigned" aria-label={t("tasksOf", { name: person.name })}>
        {rows.map((task) => (
          <li key={task.id} data-testid="assigned-task">
            <Line task={task} />
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <Button look="quiet" onClick={() => void query.fetchNextPage()}>
          {ui("more")}
        </Button>
      )}
    </>
  );
}

function Line({ task }: { task: AssignedTaskOut }) {
  const { t } = useTranslation("tasks");
  const hasDues = !useHiddenFields(TASKS.code).has("due_at");
  return (
    <>
      <Link to={`/tasks/${task.id}` as never} className="assigned-title">
        <span className="t3">{task.number}</span> {task.title}
      </Link>
      <span className="t2 f12">{task.status_title}</span>
      {hasDues && (
        <span className={task.is_overdue ? "red f12" : "t2 f12"}>
          {task.due_at ? t("assignedDue", { moment: momentText(task.due_at) }) : t("noDue")}
          {(task.late_days ?? 0) > 0 && `, ${t("lateNote", { count: task.late_days ?? 0 })}`}
          {task.due_moves > 0 && `, ${t("assignedMoved", { count: task.due_moves })}`}
        </span>
      )}
      {task.blockers.map((blocker) => (
        <span key={blocker.ref} className="row amber f12" data-testid="assigned-blocker">
          <Icon name="circle-slash" size={14} />
          {blocker.assignee ? t("heldBy", { name: blocker.assignee.name }) : t("heldByNobody")}
          <Link to={blocker.route as never} className="el" title={blocker.title}>
            {blocker.number || blocker.title}
          </Link>
        </span>
      ))}
    </>
  );
}
