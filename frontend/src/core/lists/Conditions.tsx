import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ShownField } from "../../api/contract";
import { Icon } from "../../ui/icon";
import { i18next } from "../../ui/texts";
import type { CardKind } from "../entities/kind";
import { useOwnStatuses } from "../statuses/statuses";
import { type Address, addedIn, baseOf } from "./address";
import { ConditionBox, type Sort, sortOf } from "./ConditionBox";
import { FilterChip } from "./FilterChip";
import { useListFields } from "./further";
import { TagCondition, useTagNames } from "./TagCondition";
import "../statuses/words";
import "./words";

interface ConditionsProps {
  kind: CardKind;
  address: Address;
  onChange: (change: Address) => void;
}

/** One more thing by which a list may be narrowed. */
interface Known {
  base: string;
  title: string;
  sort: Sort;
  field?: ShownField;
}

/** Conditions on tags, types, statuses and the company's own fields: those set, and a button for more. */
export function Conditions({ kind, address, onChange }: ConditionsProps) {
  const { t } = useTranslation("lists");
  const listed = useListFields(kind);
  const [added, setAdded] = useState<string | null>(null);
  const set = addedIn(address);
  const bases = [...new Set(Object.keys(set).map(baseOf))];
  const tags = useTagNames(set.tag);
  const { t: own } = useTranslation("statuses");
  const statuses = useOwnStatuses(kind);
  const known: Known[] = [
    { base: "tag", title: t("tags"), sort: "tag" },
    ...(statuses.length > 0
      ? [{ base: "own_status", title: own("status"), sort: "list" as const }]
      : []),
    ...(listed.types.length > 1
      ? [{ base: "card_type", title: t("cardType"), sort: "list" as const }]
      : []),
    ...listed.fields
      .filter((field) => field.is_filterable)
      .map((field) => ({
        base: `fields.${field.code}`,
        title: field.title,
        sort: sortOf(field),
        field,
      })),
  ];
  const shown = known.filter(({ base }) => bases.includes(base) || base === added);
  const more = known.filter(({ base }) => !bases.includes(base));
  const stages = statuses.map((one) => ({ code: String(one.id), title: one.title }));
  const types = listed.types.map((one) => ({ code: one.code || "own", title: one.title }));

  return (
    <>
      {shown.map((one) => {
        const options =
          one.base === "card_type"
            ? types
            : one.base === "own_status"
              ? stages
              : (one.field?.settings.options ?? []);
        return (
          <FilterChip
            key={one.base}
            title={one.title}
            value={one.sort === "tag" ? tags : wordsOf(one, set, options)}
            startsOpen={one.base === added}
            onClosed={() => setAdded(null)}
            onClear={() => onChange(cleared(set, one.base))}
            width={one.sort === "person" ? 300 : 260}
          >
            {() =>
              one.sort === "tag" ? (
                <TagCondition value={set.tag} onChange={onChange} />
              ) : (
                <ConditionBox
                  base={one.base}
                  sort={one.sort}
                  options={options}
                  set={set}
                  onChange={onChange}
                />
              )
            }
          </FilterChip>
        );
      })}
      {more.length > 0 && (
        <FilterChip title={t("addCondition")} value="" width={240}>
          {(close) =>
            more.map((one) => (
              <button
                key={one.base}
                type="button"
                className="pop-i"
                onClick={() => {
                  close();
                  setAdded(one.base);
                }}
                data-testid={`condition-${one.base}`}
              >
                <Icon name={one.sort === "tag" ? "tag" : "plus"} size={14} />
                <span className="grow el">{one.title}</span>
              </button>
            ))
          }
        </FilterChip>
      )}
    </>
  );
}

/** All words of one condition taken away. */
function cleared(set: Record<string, string>, base: string): Address {
  const names = Object.keys(set).filter((name) => baseOf(name) === base);
  return Object.fromEntries(names.map((name) => [name, undefined]));
}

function wordsOf(
  { base, sort }: Known,
  set: Record<string, string>,
  options: { code?: string | undefined; title: string }[],
): string {
  const { t } = i18next;
  const empty = set[`${base}__isnull`];
  if (empty) return t(empty === "true" ? "lists:isEmpty" : "lists:isFilled");
  const value = set[base] ?? set[`${base}__startswith`];
  if (sort === "flag" && value) return t(value === "true" ? "lists:yes" : "lists:no");
  if (sort === "list" && value)
    return value
      .split(",")
      .map((code) => options.find((one) => one.code === code)?.title ?? code)
      .join(", ");
  if (sort === "person" && value) return t("lists:chosen", { count: value.split(",").length });
  if (value) return value;
  const { [`${base}__gte`]: least, [`${base}__lte`]: most } = set;
  return [least && `≥ ${least}`, most && `≤ ${most}`].filter(Boolean).join(", ");
}
