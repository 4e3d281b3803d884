import { PointsMark } from "../../../core/checklists/PointsMark";
import type { Column } from "../../../core/lists/EntityList";
import { PersonChip } from "../../../core/people/PersonChip";
import { changedText, dateText, nearText } from "../../../ui/format";
import { Icon } from "../../../ui/icon";
import { Status, Tag } from "../../../ui/marks";
import { i18next } from "../../../ui/texts";
import { type Row, secrecyTitle, toneOfRow } from "../document";
import { sumText } from "../sums";
import "../words";

const dayText = (day: string): string => dateText(`${day}T12:00:00`);

/** The title with what must not be overlooked: importance, and the mark of confidentiality. */
export function TitleMarks({ row }: { row: Row }) {
  return (
    <span className="doc-title">
      {row.priority === "urgent" && <Tag tone="red">{i18next.t("documents:urgent")}</Tag>}
      {row.priority === "important" && <Tag tone="amber">{i18next.t("documents:important")}</Tag>}
      {row.secrecy && <Tag tone="violet">{i18next.t(`documents:mark_${row.secrecy}`)}</Tag>}
      <span className="el">{row.title}</span>
    </span>
  );
}

/** Red when late; a word stands for colour in the label. */
export function DueText({ row }: { row: Pick<Row, "due_at" | "is_overdue"> }) {
  if (!row.due_at) return <span className="t3">—</span>;
  return (
    <span className={row.is_overdue ? "row num red" : "row num"}>
      {row.is_overdue && <span className="vh">{i18next.t("documents:late")}</span>}
      {nearText(row.due_at)}
    </span>
  );
}

function Numbered({ row }: { row: Row }) {
  if (!row.number) return <span className="t3">{i18next.t("documents:noNumber")}</span>;
  const told = row.registered_on
    ? i18next.t("documents:numberOf", { number: row.number, day: dayText(row.registered_on) })
    : row.number;
  return (
    <span className="num" title={told}>
      {row.number}
    </span>
  );
}

function Talk({ row }: { row: Row }) {
  if (row.comments_count + row.files_count + row.points_count === 0)
    return <span className="t3">—</span>;
  const note = i18next.t("documents:talkNote", {
    comments: row.comments_count,
    files: row.files_count,
  });
  return (
    <span className="row t3 num doc-talk" title={note}>
      <PointsMark row={row} />
      {row.files_count > 0 && (
        <>
          <Icon name="paperclip" size={14} />
          {row.files_count}
        </>
      )}
      {row.comments_count > 0 && (
        <>
          <Icon name="message-square" size={14} />
          {row.comments_count}
        </>
      )}
    </span>
  );
}

/** Whom the document is with on the other side: the correspondent and the number that he has given it. */
function Other({ row }: { row: Row }) {
  if (!row.correspondent && !row.outer_number) return <span className="t3">—</span>;
  const outer = [
    row.outer_number && `№ ${row.outer_number}`,
    row.outer_date && dayText(row.outer_date),
  ]
    .filter(Boolean)
    .join(" от ");
  return (
    <span className="el" title={[row.correspondent, outer].filter(Boolean).join(", ")}>
      {row.correspondent || outer}
    </span>
  );
}

const day = (value: string | null) =>
  value ? <span className="num">{dayText(value)}</span> : <span className="t3">—</span>;

const t = i18next.t;

/** Those of what the reader may see: a column of a field that his roles hide would be an empty one. */
export const documentColumns = (hidden: ReadonlySet<string>): Column<Row>[] =>
  allColumns().filter(({ sheet }) => !sheet || !hidden.has(sheet));

/** Those that every list begins with, and further ones that people choose. */
const allColumns = (): Column<Row>[] => [
  {
    key: "number",
    sheet: "number",
    title: t("documents:number"),
    track: "88px",
    fitted: (row) => row.number,
    cell: (row) => <Numbered row={row} />,
  },
  {
    key: "registered",
    sheet: "registered_on",
    title: t("documents:dated"),
    track: "104px",
    sort: "registered",
    cell: (row) => day(row.registered_on),
  },
  {
    key: "title",
    sheet: "title",
    title: t("documents:document"),
    track: "minmax(172px, 1fr)",
    cell: (row) => <TitleMarks row={row} />,
  },
  {
    key: "type",
    title: t("documents:type"),
    track: "150px",
    cell: (row) => <span className="el t2">{row.type.title}</span>,
  },
  {
    key: "status",
    sheet: "status",
    title: t("documents:status"),
    track: "152px",
    cell: (row) => <Status tone={toneOfRow(row)}>{row.status_title}</Status>,
  },
  {
    key: "correspondent",
    sheet: "correspondent",
    title: t("documents:correspondent"),
    track: "142px",
    cell: (row) => <Other row={row} />,
  },
  {
    key: "responsible",
    sheet: "responsible",
    title: t("documents:responsible"),
    track: "152px",
    cell: (row) => <PersonChip person={row.assignee} />,
  },
  {
    key: "due",
    sheet: "due_at",
    title: t("documents:due"),
    track: "108px",
    sort: "due_at",
    cell: (row) => <DueText row={row} />,
  },
  {
    key: "talk",
    title: t("documents:talk"),
    track: "80px",
    cell: (row) => <Talk row={row} />,
  },
  {
    key: "amount",
    sheet: "amount",
    title: t("documents:amount"),
    track: "130px",
    right: true,
    further: true,
    cell: (row) =>
      row.amount ? (
        <span className="num">{sumText(row.amount)}</span>
      ) : (
        <span className="t3">—</span>
      ),
  },
  {
    key: "valid_until",
    sheet: "valid_until",
    title: t("documents:validUntil"),
    track: "112px",
    further: true,
    cell: (row) => day(row.valid_until),
  },
  {
    key: "case_file",
    title: t("documents:caseFile"),
    track: "90px",
    further: true,
    cell: (row) => <span className="num">{row.case_file?.index ?? "—"}</span>,
  },
  {
    key: "addressee",
    title: t("documents:addressee"),
    track: "150px",
    further: true,
    cell: (row) => <PersonChip person={row.addressee} />,
  },
  {
    key: "secrecy",
    sheet: "secrecy",
    title: t("documents:secrecy"),
    track: "150px",
    further: true,
    cell: (row) => <span className="el">{secrecyTitle(row.secrecy)}</span>,
  },
  {
    key: "changed",
    title: t("documents:changed"),
    track: "128px",
    sort: "changed_at",
    further: true,
    cell: (row) => <span className="num t3">{changedText(row.changed_at)}</span>,
  },
];

/** Two lines for a hand-held screen. */
export function DocumentPhoneRow({ row }: { row: Row }) {
  return (
    <>
      <span className="row">
        <span className="b el grow">
          <TitleMarks row={row} />
        </span>
        {row.due_at && row.state === "open" && <DueText row={row} />}
      </span>
      <span className="row f12 t3">
        <Status tone={toneOfRow(row)}>{row.status_title}</Status>
        <span className="grow el num">
          {[row.number, row.type.title].filter(Boolean).join(" · ")}
        </span>
      </span>
    </>
  );
}
