import { PointsMark } from "../../core/checklists/PointsMark";
import { Face, Tag } from "../../ui/marks";
import { i18next } from "../../ui/texts";
import { DueText } from "./columns";
import { RowMarks } from "./RowMarks";
import type { TaskRow } from "./task";
import "./words";

/** What a task tells on a board beside its title. */
export const faceOf = (row: TaskRow) => ({
  above: (
    <>
      <span className="num t3">{row.number}</span>
      {row.priority === "urgent" && <Tag tone="red">{i18next.t("tasks:urgent")}</Tag>}
      {row.priority === "important" && <Tag tone="amber">{i18next.t("tasks:important")}</Tag>}
      {row.is_private && <Tag>{i18next.t("tasks:private")}</Tag>}
    </>
  ),
  below: (
    <>
      {row.due_at && <DueText row={row} />}
      <RowMarks row={row} />
      <PointsMark row={row} />
      <span className="grow" />
      {row.assignee && (
        <span className="row" title={row.assignee.full_name}>
          <Face
            id={row.assignee.id}
            initials={row.assignee.initials}
            photo={row.assignee.photo_url}
          />
          <span className="vh">{row.assignee.name}</span>
        </span>
      )}
    </>
  ),
});
