import { Link } from "@tanstack/react-router";
import type { Employee } from "../../../api/contract";
import type { Column } from "../../../core/lists/EntityList";
import { personOf } from "../../../core/people/people";
import { toneOfColor } from "../../../core/statuses/statuses";
import { dateText } from "../../../ui/format";
import { Face, Status } from "../../../ui/marks";
import { i18next } from "../../../ui/texts";
import { toneOfBase } from "./kind";
import "./words";

function Name({ employee }: { employee: Employee }) {
  const person = personOf(employee);
  return (
    <Link
      to={`/settings/people/${employee.id}` as never}
      search={true as never}
      className="row person-link"
    >
      <Face id={person.id} initials={person.initials} photo={person.photo_url} size="m" />
      <span className="b">{person.full_name}</span>
    </Link>
  );
}

/** In the company's words, or in those of the house. */
function Standing({ row }: { row: Employee }) {
  const tone = toneOfColor(row.own_status?.color, toneOfBase(row.status));
  return <Status tone={tone}>{row.status_title}</Status>;
}

const none = () => i18next.t("staff:none");

/** What the list of people shows by itself, and what it may. */
export const peopleColumns = (isRefined: boolean): Column<Employee>[] => {
  const t = i18next.t;
  return [
    {
      key: "title",
      sheet: "full_name",
      title: t("staff:person"),
      track: "240px",
      sort: "title",
      cell: (row) => <Name employee={row} />,
    },
    {
      key: "status",
      sheet: "status",
      title: t("staff:status"),
      track: "180px",
      // Without the company's words everybody in sight stands alike.
      further: !isRefined,
      cell: (row) => <Standing row={row} />,
    },
    {
      key: "position",
      sheet: "position",
      title: t("staff:position"),
      track: "160px",
      cell: (row) => row.position?.title ?? none(),
    },
    {
      key: "department",
      sheet: "department",
      title: t("staff:department"),
      track: "160px",
      cell: (row) => row.department?.title ?? none(),
    },
    {
      key: "email",
      sheet: "email",
      title: t("staff:email"),
      track: "200px",
      cell: (row) => <span className="t3">{row.email}</span>,
    },
    {
      key: "role",
      title: t("staff:role"),
      track: "160px",
      cell: (row) =>
        row.is_active || isRefined ? (
          row.roles.map((role) => role.title).join(", ")
        ) : (
          <Standing row={row} />
        ),
    },
    {
      key: "number",
      sheet: "number",
      title: t("staff:number"),
      track: "140px",
      fitted: (row) => row.number,
      further: true,
      cell: (row) => <span className="num">{row.number || none()}</span>,
    },
    {
      key: "phone",
      sheet: "phone",
      title: t("staff:phone"),
      track: "140px",
      further: true,
      cell: (row) => <span className="num">{row.phone || none()}</span>,
    },
    {
      key: "manager",
      sheet: "manager",
      title: t("staff:manager"),
      track: "160px",
      further: true,
      cell: (row) => row.manager?.name ?? none(),
    },
    {
      key: "hired",
      sheet: "hired_on",
      title: t("staff:hired"),
      track: "120px",
      further: true,
      cell: (row) => (
        <span className="num">{row.hired_on ? dateText(`${row.hired_on}T12:00:00`) : none()}</span>
      ),
    },
  ];
};
