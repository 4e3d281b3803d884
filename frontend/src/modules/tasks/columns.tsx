import { PointsMark } from "../../core/checklists/PointsMark";
import type { Column } from "../../core/lists/EntityList";
import { PersonChip } from "../../core/people/PersonChip";
import { changedText, dateText, daysAway, nearText } from "../../ui/format";
import { Icon } from "../../ui/icon";
import { Face, Status } from "../../ui/marks";
import { i18next } from "../../ui/texts";
import { RowMarks, TitleMarks } from "./RowMarks";
import { type TaskRow, toneOfRow } from "./task";
import "./words";

type DueRow = Pick<TaskRow, "due_at" | "is_overdue" | "state" | "due_moves" | "first_due_at">;

/** Red when late, amber on the day itself: text only, never a fill. */
export function DueText({ row }: { row: DueRow }) {
  if (!row.due_at) return <span className="t3">—</span>;
  const today = row.state === "open" && daysAway(new Date(row.due_at)) === 0;
  const tone = row.is_overdue ? "red" : today ? "amber" : "";
  const moved = row.first_due_at
    ? i18next.t("tasks:movedNote", { count: row.due_moves, first: dateText(row.first_due_at) })
    : undefined;
  return (
    <span className={`row num ${tone}`} title={moved}>
      {nearText(row.due_at)}
      {row.due_moves > 0 && <span className="t3 f12">×{row.due_moves}</span>}
    </span>
  );
}

function Talk({ row }: { row: TaskRow }) {
  const own = row.subtasks_count + row.blockers_count + row.spent;
  if (own + row.comments_count + row.files_count + row.points_count === 0)
    return <span className="t3">—</span>;
  const note = i18next.t("tasks:talkNote", {
    comments: row.comments_count,
    files: row.files_count,
  });
  return (
    <span className="row t3 num talk" title={note}>
      <RowMarks row={row} />
      <PointsMark row={row} />
      {row.comments_count > 0 && (
        <>
          <Icon name="message-square" size={14} />
          {row.comments_count}
        </>
      )}
      {row.files_count > 0 && (
        <>
          <Icon name="paperclip" size={14} />
          {row.files_count}
        </>
      )}
    </span>
  );
}

/** Without those of fields that are hidden from the reader. */
export const taskColumns = (hidden: ReadonlySet<string>): Column<TaskRow>[] => {
  const t = i18next.t;
  const all: Column<TaskRow>[] = [
    {
      key: "number",
      sheet: "number",
      title: t("tasks:number"),
      track: "80px",
      fitted: (row) => row.number,
      cell: (row) => (
        <span className="num t3" title={row.number}>
          {row.number}
        </span>
      ),
    },
    {
      key: "title",
      sheet: "title",
      title: t("tasks:task"),
      track: "minmax(180px, 1fr)",
      cell: (row) => <TitleMarks row={row} />,
    },
    {
      key: "status",
      sheet: "status",
      title: t("tasks:status"),
      track: "152px",
      cell: (row) => <Status tone={toneOfRow(row)}>{row.status_title}</Status>,
    },
    {
      key: "assignee",
      sheet: "assignee",
      title: t("tasks:assignee"),
      track: "160px",
      cell: (row) => <PersonChip person={row.assignee} />,
    },
    {
      key: "due",
      sheet: "due_at",
      title: t("tasks:due"),
      track: "132px",
      sort: "due_at",
      cell: (row) => <DueText row={row} />,
    },
    { key: "talk", title: t("tasks:talk"), track: "144px", cell: (row) => <Talk row={row} /> },
    {
      key: "changed",
      title: t("tasks:changed"),
      track: "128px",
      sort: "changed_at",
      cell: (row) => <span className="num t3">{changedText(row.changed_at)}</span>,
    },
  ];
  return all.filter(({ sheet }) => !sheet || !hidden.has(sheet));
};

/** Two lines for a hand-held screen. */
export function TaskPhoneRow({ row }: { row: TaskRow }) {
  return (
    <>
      <span className="row">
        <span className="b el grow">
          <TitleMarks row={row} />
        </span>
        {row.assignee && (
          <Face
            id={row.assignee.id}
            initials={row.assignee.initials}
            photo={row.assignee.photo_url}
            size="m"
          />
        )}
      </span>
      <span className="row f12 t3">
        <Status tone={toneOfRow(row)}>{row.status_title}</Status>
        <span className="grow num">{row.number}</span>
        <PointsMark row={row} />
        {row.due_at && <DueText row={row} />}
      </span>
    </>
  );
}
