import { useQuery } from "@tanstack/react-query";
import type { CardType, ShownField, Tag } from "../../api/contract";
import { get } from "../../api/request";
import { i18next } from "../../ui/texts";
import type { CardKind } from "../entities/kind";
import type { Column } from "./EntityList";
import "../tags/tags.css";
import { valueText } from "../fields/values";
import "../fields/words";

interface Listed {
  fields: ShownField[];
  types: CardType[];
}

const NOTHING: Listed = { fields: [], types: [] };

/** The company's own fields of a kind that the reader may see, for lists of its cards. */
export function useListFields(kind: CardKind): Listed {
  const asked = useQuery({
    queryKey: ["list-fields", kind.code],
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      type Answer = { results: ShownField[]; card_types: CardType[] };
      const answer = await get<Answer>("fields/", { query: { kind: kind.code }, signal });
      return { fields: answer.results, types: answer.card_types };
    },
  });
  return asked.data ?? NOTHING;
}

/** A row may carry what further columns show. */
export interface Celled {
  cells?: Record<string, unknown>;
}

const SORTED = new Set(["text", "number", "money", "date", "flag", "formula"]);
const AMOUNTS = new Set(["number", "money"]);

function TagMarks({ tags }: { tags: Tag[] }) {
  if (tags.length === 0) return <span className="t3">—</span>;
  return (
    <span className="row tags-cell" title={tags.map((tag) => tag.title).join(", ")}>
      {tags.map((tag) => (
        <span key={tag.id} className={`tag-mark c-${tag.color || "plain"}`}>
          {tag.title}
        </span>
      ))}
    </span>
  );
}

/** Columns that a list may have besides its own: tags and the company's fields. */
export function furtherColumns<R extends Celled>(fields: ShownField[]): Column<R>[] {
  const tags: Column<R> = {
    key: "tags",
    sheet: "tags",
    title: i18next.t("fields:tags"),
    track: "180px",
    further: true,
    cell: (row) => <TagMarks tags={(row.cells?.tags as Tag[] | undefined) ?? []} />,
  };
  return [tags, ...fields.map((field) => columnOf<R>(field))];
}

function columnOf<R extends Celled>(field: ShownField): Column<R> {
  const key = `fields.${field.code}`;
  const gives = field.type === "formula" ? field.settings.result : field.type;
  const right = AMOUNTS.has(gives ?? "");
  const column: Column<R> = {
    key,
    sheet: key,
    title: field.title,
    track: right ? "128px" : "160px",
    further: true,
    cell: (row) => {
      const text = valueText({ ...field, value: row.cells?.[key] ?? null });
      return text ? (
        <span className={right ? "num" : ""}>{text}</span>
      ) : (
        <span className="t3">—</span>
      );
    },
  };
  if (right) column.right = true;
  if (field.is_filterable && SORTED.has(field.type)) column.sort = key;
  return column;
}
