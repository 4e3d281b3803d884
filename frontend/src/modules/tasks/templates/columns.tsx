import type { Column } from "../../../core/lists/EntityList";
import { Faces, PersonChip } from "../../../core/people/PersonChip";
import { countText, nearText } from "../../../ui/format";
import { Icon } from "../../../ui/icon";
import { Tag } from "../../../ui/marks";
import { i18next } from "../../../ui/texts";
import type { TemplateRow } from "./template";
import "./templates.css";
import "./words";

function People({ row }: { row: TemplateRow }) {
  const [only] = row.assignees;
  const groups = [...row.roles, ...row.departments].map((one) => one.title);
  if (row.assignees.length === 1 && only && groups.length === 0)
    return <PersonChip person={only} />;
  const names = [...row.assignees.map((one) => one.full_name), ...groups].join(", ");
  return (
    <span className="row tpl-plan" title={names}>
      <Faces people={row.assignees} />
      {groups.length > 0 ? (
        <span className="el t2">{groups.join(", ")}</span>
      ) : (
        <span className="t3 num">{row.assignees.length}</span>
      )}
    </span>
  );
}

function Plan({ row }: { row: TemplateRow }) {
  if (!row.plan) return <span className="t3">{i18next.t("templates:byHand")}</span>;
  return (
    <span className="row tpl-plan" title={row.plan}>
      <span className={row.is_on ? "el" : "el t3"}>{row.plan}</span>
      {!row.is_on && <Tag tone="amber">{i18next.t("templates:paused")}</Tag>}
    </span>
  );
}

const shareText = (row: TemplateRow): string =>
  row.share === null ? "—" : i18next.t("templates:percent", { share: row.share });

export const templateColumns = (): Column<TemplateRow>[] => {
  const t = i18next.t;
  return [
    {
      key: "number",
      title: t("templates:number"),
      track: "76px",
      fitted: (row) => row.number,
      cell: (row) => (
        <span className="num t3" title={row.number}>
          {row.number}
        </span>
      ),
    },
    {
      key: "title",
      title: t("templates:template"),
      track: "minmax(180px, 1fr)",
      cell: (row) => <span className="el">{row.title}</span>,
    },
    {
      key: "plan",
      title: t("templates:plan"),
      track: "minmax(200px, 0.9fr)",
      cell: (row) => <Plan row={row} />,
    },
    {
      key: "people",
      title: t("templates:people"),
      track: "164px",
      cell: (row) => <People row={row} />,
    },
    {
      key: "next",
      title: t("templates:next"),
      track: "136px",
      cell: (row) =>
        row.next_at ? (
          <span className="num">{nearText(row.next_at)}</span>
        ) : (
          <span className="t3">—</span>
        ),
    },
    {
      key: "made",
      title: t("templates:made"),
      track: "88px",
      right: true,
      cell: (row) => (
        <span className="num" title={t("templates:yearNote")}>
          {countText(row.made)}
        </span>
      ),
    },
    {
      key: "share",
      title: t("templates:share"),
      track: "80px",
      right: true,
      cell: (row) => <span className="num">{shareText(row)}</span>,
    },
  ];
};

/** Two lines for a hand-held screen. */
export function TemplatePhoneRow({ row }: { row: TemplateRow }) {
  return (
    <>
      <span className="row">
        <span className="b el grow">{row.title}</span>
        <Faces people={row.assignees} />
      </span>
      <span className="row f12 t3">
        <Icon name="repeat" size={12} />
        <span className="el grow">{row.plan ?? i18next.t("templates:byHand")}</span>
        {row.plan && !row.is_on ? (
          <Tag tone="amber">{i18next.t("templates:paused")}</Tag>
        ) : (
          <span className="num">{row.next_at && nearText(row.next_at)}</span>
        )}
      </span>
    </>
  );
}
