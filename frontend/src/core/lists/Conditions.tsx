import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ShownField } from "../../api/contract";
import { Icon, type IconName } from "../../ui/icon";
import { i18next } from "../../ui/texts";
import type { CardKind } from "../entities/kind";
import { useGroupNames, useGroupViews } from "../groups/groups";
import { useOwnStatuses } from "../statuses/statuses";
import { type Address, addedIn, baseOf } from "./address";
import { ConditionBox, type Sort, sortOf } from "./ConditionBox";
import { FilterChip } from "./FilterChip";
import { useListFields } from "./further";
import { GroupCondition } from "./GroupCondition";
import { TagCondition, useTagNames } from "./TagCondition";
import "../statuses/words";
import "./words";

const SIGNS: Partial<Record<Sort, IconName>> = { tag: "tag", group: "layers" };

interface ConditionsProps {
  kind: CardKind;
  address: Address;
  onChange: (change: Address) => void;
  /** Bases of which something can stand in this list; absent: all of them. */
  stages?: string[];
  /** Filters of the list's own that the bar has no room for. */
  folded?: { code: string; title: string }[];
  onUnfold?: (code: string) => void;
  /** Bases that the list shows by chips of its own. */
  without?: string[];
}

/** One more thing by which a list may be narrowed. */
interface Known {
  base: string;
  title: string;
  sort: Sort;
  field?: ShownField;
}

const GROUPS: Known[] = [
  { base: "in_view", title: i18next.t("lists:inGroup"), sort: "group" },
  { base: "not_in_view", title: i18next.t("lists:notInGroup"), sort: "group" },
];

/** Conditions on tags, types, statuses, groups and the company's own fields: those set, and a button for more. */
export function Conditions(props: ConditionsProps) {
  const { kind, address, onChange, stages: bound, folded = [], onUnfold, without = [] } = props;
  const { t } = useTranslation("lists");
  const listed = useListFields(kind);
  const [added, setAdded] = useState<string | null>(null);
  const set = addedIn(address);
  const bases = [...new Set(Object.keys(set).map(baseOf))];
  const tags = useTagNames(set.tag);
  const { t: own } = useTranslation("statuses");
  const statuses = useOwnStatuses(kind);
  const hasGroups = useGroupViews(kind).length > 0;
  const names = {
    tag: tags,
    in_view: useGroupNames(kind, set.in_view),
    not_in_view: useGroupNames(kind, set.not_in_view),
  };
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
    ...GROUPS.filter(({ base }) => hasGroups || bases.includes(base)),
  ];
  const left = known.filter(({ base }) => !without.includes(base));
  const shown = left.filter(({ base }) => bases.includes(base) || base === added);
  const more = left.filter(({ base }) => !bases.includes(base));
  // One that stands in the address keeps its name.
  const stages = statuses
    .filter((one) => !bound || bound.includes(one.base) || set.own_status?.includes(String(one.id)))
    .map((one) => ({ code: String(one.id), title: one.title }));
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
            value={names[one.base as keyof typeof names] ?? wordsOf(one, set, options)}
            startsOpen={one.base === added}
            onClosed={() => setAdded(null)}
            onClear={() => onChange(cleared(set, one.base))}
            width={one.sort === "person" ? 300 : 260}
          >
            {() =>
              one.sort === "tag" ? (
                <TagCondition value={set.tag} onChange={onChange} />
              ) : one.sort === "group" ? (
                <GroupCondition
                  kind={kind}
                  base={one.base}
                  value={set[one.base]}
                  without={address.saved}
                  onChange={onChange}
                />
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
      {more.length + folded.length > 0 && (
        <FilterChip title={t("addCondition")} value="" width={240}>
          {(close) => (
            <>
              {folded.map(({ code, title }) => (
                <Addition
                  key={code}
                  code={code}
                  title={title}
                  icon="plus"
                  onPick={() => {
                    close();
                    onUnfold?.(code);
                  }}
                />
              ))}
              {folded.length > 0 && more.length > 0 && <div className="pop-sep" />}
              {more.map((one) => (
                <Addition
                  key={one.base}
                  code={one.base}
                  title={one.title}
                  icon={SIGNS[one.sort] ?? "plus"}
                  onPick={() => {
                    close();
                    setAdded(one.base);
                  }}
                />
              ))}
            </>
          )}
        </FilterChip>
      )}
    </>
  );
}

interface AdditionProps {
  code: string;
  title: string;
  icon: IconName;
  onPick: () => void;
}

function Addition({ code, title, icon, onPick }: AdditionProps) {
  return (
    <button type="button" className="pop-i" onClick={onPick} data-testid={`condition-${code}`}>
      <Icon name={icon} size={14} />
      <span className="grow el">{title}</span>
    </button>
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
