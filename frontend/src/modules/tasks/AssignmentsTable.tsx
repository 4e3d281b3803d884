import { Link } from "@tanstack/react-router";
import { Fragment, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AssignmentsLine } from "../../api/contract";
import { PersonChip } from "../../core/people/PersonChip";
import { useHiddenFields } from "../../core/session/session";
import { IconButton } from "../../ui/button";
import { countText } from "../../ui/format";
import { AssignedTasks } from "./AssignedTasks";
import { TASKS } from "./task";
import "./words";

export type Whose = "given" | "reach";

/** Columns: the figure's name, its words, and how the list shows its rows; null where it has no such list. */
const COLUMNS = [
  ["open", "figOpen", ""],
  ["overdue", "figOverdue", "due=overdue"],
  ["late_days", "figLate", "due=overdue&order=late"],
  ["not_accepted", "figNotAccepted", "status=new"],
  ["in_review", "figInReview", "status=in_review"],
  ["returned", "figReturned", "status=returned"],
  ["urgent", "figUrgent", "priority=urgent"],
  ["blocked", "figBlocked", null],
  ["holds_up", "figHoldsUp", null],
  ["moves", "figMoves", null],
] as const;
/** What is hidden from the reader is not counted for him either: the server says nothing there. */
const TOLD_BY: Record<string, string> = {
  overdue: "due_at",
  late_days: "due_at",
  moves: "due_at",
  urgent: "priority",
};
const RED = new Set<string>(["overdue", "late_days"]);

/** Whoever is reported has a card. */
const idOf = (line: AssignmentsLine): number => line.person.id ?? 0;

interface Props {
  lines: AssignmentsLine[];
  whose: Whose;
  until: string | undefined;
}

/** People with their figures; a person unfolds into his tasks. */
export function AssignmentsTable({ lines, whose, until }: Props) {
  const { t } = useTranslation("tasks");
  const hidden = useHiddenFields(TASKS.code);
  const columns = COLUMNS.filter(([name]) => !hidden.has(TOLD_BY[name] ?? ""));
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const turn = (id: number) =>
    setOpen((old) => new Set(old.has(id) ? [...old].filter((one) => one !== id) : [...old, id]));
  return (
    <div className="report-box">
      <table className="report-t">
        <caption className="vh">{t("assignments")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("assignee")}</th>
            {columns.map(([name, title]) => (
              <th key={name} scope="col" className="num">
                {t(title)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => {
            const id = idOf(line);
            return (
              <Fragment key={id}>
                <tr data-testid="assignments-row">
                  <th scope="row">
                    <span className="row">
                      <IconButton
                        icon={open.has(id) ? "chevron-down" : "chevron-right"}
                        label={t("tasksOf", { name: line.person.name })}
                        aria-expanded={open.has(id)}
                        onClick={() => turn(id)}
                        data-testid="assignments-unfold"
                      />
                      <PersonChip person={line.person} />
                    </span>
                  </th>
                  {columns.map(([name, title, filter]) => (
                    <td key={name} className="num" data-label={t(title)}>
                      <Cell line={line} name={name} filter={filter} whose={whose} turn={turn} />
                    </td>
                  ))}
                </tr>
                {open.has(id) && (
                  <tr className="report-sub">
                    <td colSpan={columns.length + 1}>
                      <AssignedTasks person={line.person} whose={whose} until={until} />
                    </td>
                  </tr>
                )}
              </Fragment>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

interface CellProps {
  line: AssignmentsLine;
  name: (typeof COLUMNS)[number][0];
  filter: string | null;
  whose: Whose;
  turn: (id: number) => void;
}

/** A figure: it leads to its rows, or to the person's tasks where no list shows them. */
function Cell({ line, name, filter, whose, turn }: CellProps) {
  const value = line[name];
  if (!value) return <span className="t3">—</span>;
  if (filter === null) {
    return (
      <button
        type="button"
        className="link"
        onClick={() => turn(idOf(line))}
        data-testid={`figure-${name}`}
      >
        {countText(value)}
      </button>
    );
  }
  const tab = whose === "given" ? "given" : "all";
  return (
    <Link
      to={`/tasks?tab=${tab}&assignee=${line.person.id}${filter && `&${filter}`}` as never}
      className={RED.has(name) ? "red" : undefined}
      data-testid={`figure-${name}`}
    >
      {countText(value)}
    </Link>
  );
}
