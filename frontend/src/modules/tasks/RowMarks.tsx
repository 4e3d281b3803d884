import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icon";
import { Tag } from "../../ui/marks";
import { ApprovalMark } from "./approvals/ApprovalMark";
import { spanOf, type TaskRow } from "./task";
import "./words";

/** The title with what must not be overlooked: urgency and privacy, each with its word. */
export function TitleMarks({ row }: { row: TaskRow }) {
  const { t } = useTranslation("tasks");
  return (
    <span className="title-marks">
      {row.priority === "urgent" && <Tag tone="red">{t("urgent")}</Tag>}
      {row.priority === "important" && <Tag tone="amber">{t("important")}</Tag>}
      {row.is_private && <Tag>{t("private")}</Tag>}
      <ApprovalMark row={row} />
      <span className="el">{row.title}</span>
    </span>
  );
}

/** Parts, what it waits for, time spent: figures of a row, only those that there are. */
export function RowMarks({ row }: { row: TaskRow }) {
  const { t } = useTranslation("tasks");
  const parts = { done: row.subtasks_done, count: row.subtasks_count };
  return (
    <>
      {row.blockers_count > 0 && (
        <span className="row amber" title={t("blockedNote", { count: row.blockers_count })}>
          <Icon name="circle-slash" size={14} />
          <span className="vh">{t("blockedNote", { count: row.blockers_count })}</span>
          {row.blockers_count}
        </span>
      )}
      {row.subtasks_count > 0 && (
        <span className="row" title={t("partsNote", parts)} data-testid="row-subtasks">
          <Icon name="git-branch" size={14} />
          {row.subtasks_done}/{row.subtasks_count}
        </span>
      )}
      {row.spent > 0 && (
        <span className="row" title={t("spentNote", { spent: spanOf(row.spent) })}>
          <Icon name="clock" size={14} />
          {spanOf(row.spent)}
        </span>
      )}
    </>
  );
}
