import { type ReactNode, type RefObject, useCallback, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Conditions } from "../../../core/lists/Conditions";
import { ChoiceList, FilterChip } from "../../../core/lists/FilterChip";
import { Find } from "../../../core/lists/Find";
import { useFold } from "../../../core/lists/fold";
import { GroupChoice } from "../../../core/lists/GroupChoice";
import { useHiddenFields } from "../../../core/session/session";
import { useOwnStatuses } from "../../../core/statuses/statuses";
import "../../../core/statuses/words";
import { DOCUMENTS } from "../document";
import { type DocumentSearch, GROUPS, groupOf, isSeen, ORDERS, orderOf } from "../query";
import { DocumentFilterChip, type FilterCode } from "./DocumentFilterChips";
import "../words";

const FILTERS: FilterCode[] = [
  "card_type",
  "status",
  "correspondent",
  "registered",
  "responsible",
  "case_file",
  "addressee",
  "author",
  "ends",
  "secrecy",
];
/** The last of these are put away first when the bar has no room. */
const KEPT: FilterCode[] = ["card_type", "status"];

const NAMES: Record<FilterCode, (keyof DocumentSearch)[]> = {
  card_type: ["card_type"],
  status: ["status", "state"],
  correspondent: ["correspondent"],
  registered: ["registered_on__gte", "registered_on__lte"],
  responsible: ["responsible"],
  case_file: ["case_file"],
  addressee: ["addressee"],
  author: ["author"],
  ends: ["valid_until__gte", "valid_until__lte"],
  secrecy: ["secrecy"],
};

interface DocumentFiltersProps {
  search: DocumentSearch;
  onChange: (change: DocumentSearch) => void;
  findRef: RefObject<HTMLInputElement | null>;
  /** What stands at the end of the bar: columns. */
  children?: ReactNode;
}

/** The bar of filters; all of it lives in the address. */
export function DocumentFilters({ search, onChange, findRef, children }: DocumentFiltersProps) {
  const { t } = useTranslation("documents");
  const { t: own } = useTranslation("statuses");
  const isRefined = useOwnStatuses(DOCUMENTS).length > 0;
  const hidden = useHiddenFields(DOCUMENTS.code);
  const able = FILTERS.filter((code) => isSeen(hidden, code));
  const orders = ORDERS.filter((code) => isSeen(hidden, code));
  const groups = GROUPS.filter(
    (code) => (code !== "own_status" || isRefined) && isSeen(hidden, code),
  );
  const bar = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<FilterCode | null>(null);
  // What is set stays in sight; of the rest as much as one row has room for.
  const isSet = (code: FilterCode) => NAMES[code].some((name) => search[name]);
  const spare = able.filter((code) => !KEPT.includes(code) && !isSet(code) && code !== opened);
  const put = useFold(bar, spare.length, JSON.stringify(search) + opened);
  const folded = put > 0 ? spare.slice(-put) : [];
  const onFind = useCallback((text: string | undefined) => onChange({ search: text }), [onChange]);
  const order = orderOf(search);

  return (
    <div className="filters" ref={bar}>
      <Find value={search.search} onFind={onFind} findRef={findRef} />
      {able
        .filter((code) => !folded.includes(code))
        .map((code) => (
          <DocumentFilterChip
            key={code}
            code={code}
            search={search}
            onChange={onChange}
            startsOpen={code === opened}
            onClosed={() => setOpened(null)}
          />
        ))}
      <Conditions
        kind={DOCUMENTS}
        address={search}
        onChange={onChange}
        without={["card_type"]}
        folded={folded.map((code) => ({ code, title: t(`filter_${code}`) }))}
        onUnfold={(code) => setOpened(code as FilterCode)}
      />
      <ReportChips search={search} onChange={onChange} />
      <div className="filters-end">
        <GroupChoice
          options={groups.map((code) => ({
            value: code,
            title: code === "own_status" ? own("status") : t(`group_${code}`),
          }))}
          chosen={groupOf(search)}
          onPick={(group) => onChange({ group })}
        />
        <FilterChip
          title=""
          value={
            ORDERS.some((one) => one === order) ? t(`order_${order}` as never) : t("orderOther")
          }
        >
          {(close) => (
            <ChoiceList
              options={orders.map((value) => ({ value, title: t(`order_${value}`) }))}
              chosen={orders.filter((one) => one === order)}
              onPick={(value) => {
                onChange({ order: value === "-created_at" ? undefined : value });
                close();
              }}
            />
          )}
        </FilterChip>
        {children}
      </div>
    </div>
  );
}

interface ReportChipsProps {
  search: DocumentSearch;
  onChange: (change: DocumentSearch) => void;
}

/** What only the report leads to: a stage, who holds it, what is late. They can be taken off, not set. */
function ReportChips({ search, onChange }: ReportChipsProps) {
  const { t } = useTranslation("documents");
  const told: [string, boolean, DocumentSearch][] = [
    [t("chipStage"), !!search.stage, { stage: undefined }],
    [t("chipHolder"), !!search.holder, { holder: undefined }],
    [t("chipStageLate"), !!search.stage_late, { stage_late: undefined }],
    [t("chipLate"), !!search.due_at__lte, { due_at__lte: undefined }],
  ];
  return told
    .filter(([, isSet]) => isSet)
    .map(([title, , off]) => (
      <button key={title} type="button" className="chip" onClick={() => onChange(off)}>
        {title}
        <span aria-hidden>×</span>
        <span className="vh">{t("chipOff")}</span>
      </button>
    ));
}
