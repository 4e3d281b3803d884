import { useTranslation } from "react-i18next";
import { ChoiceList, FilterChip } from "../../../core/lists/FilterChip";
import { PersonList } from "../../../core/people/PersonList";
import { usePerson } from "../../../core/people/people";
import { SECRECIES, STATUSES, secrecyTitle, statusTitle, typeWord } from "../document";
import { type DocumentSearch, idsOf, listOf, toggled } from "../query";
import { useCaseFiles, useDocumentTypes } from "../reads";
import { CorrespondentFilter, DaysFilter } from "./TypedFilters";
import "../words";

export type FilterCode =
  | "card_type"
  | "status"
  | "correspondent"
  | "registered"
  | "responsible"
  | "case_file"
  | "addressee"
  | "author"
  | "ends"
  | "secrecy";

export interface ChipProps {
  search: DocumentSearch;
  onChange: (change: DocumentSearch) => void;
  /** It has just been taken out of those that were put away. */
  startsOpen: boolean;
  onClosed: () => void;
}

/** One of the list's own filters. */
export function DocumentFilterChip({ code, ...props }: ChipProps & { code: FilterCode }) {
  switch (code) {
    case "card_type":
      return <TypeFilter {...props} />;
    case "status":
      return <StatusFilter {...props} />;
    case "correspondent":
      return <CorrespondentFilter {...props} />;
    case "case_file":
      return <CaseFileFilter {...props} />;
    case "secrecy":
      return <SecrecyFilter {...props} />;
    case "registered":
      return <DaysFilter base="registered_on" title="filter_registered" {...props} />;
    case "ends":
      return <DaysFilter base="valid_until" title="filter_ends" {...props} />;
    default:
      return <PeopleFilter field={code} {...props} />;
  }
}

type Option = { value: string; title: string };
const titlesOf = (options: Option[], chosen: string[]): string =>
  chosen.map((one) => options.find(({ value }) => value === one)?.title ?? one).join(", ");

interface ManyProps extends ChipProps {
  name: "card_type" | "status" | "case_file" | "secrecy";
  title: string;
  options: Option[];
}

/** Several of a few. */
function ManyFilter({ name, title, options, search, onChange, ...chip }: ManyProps) {
  const chosen = listOf(search[name]);
  return (
    <FilterChip
      {...chip}
      title={title}
      value={titlesOf(options, chosen)}
      onClear={() => onChange({ [name]: undefined })}
      width={280}
    >
      {() => (
        <ChoiceList
          options={options}
          chosen={chosen}
          onPick={(value) => onChange({ [name]: toggled(search[name], value) })}
        />
      )}
    </FilterChip>
  );
}

function TypeFilter(props: ChipProps) {
  const { t } = useTranslation("documents");
  const types = useDocumentTypes().data ?? [];
  const options = types.map((one) => ({ value: typeWord(one.code), title: one.title }));
  return <ManyFilter {...props} name="card_type" title={t("filter_card_type")} options={options} />;
}

function StatusFilter({ search, onChange, ...chip }: ChipProps) {
  const { t } = useTranslation("documents");
  const statuses = STATUSES.map((value) => ({ value: value as string, title: statusTitle(value) }));
  const states = ["open", "done", "cancelled"] as const;
  const told = states.map((value) => ({ value, title: t(`state_${value}`) }));
  const chosen = listOf(search.status);
  const value =
    titlesOf(statuses, chosen) || (search.state ? titlesOf(told, listOf(search.state)) : "");
  return (
    <FilterChip
      {...chip}
      title={t("filter_status")}
      value={value}
      onClear={() => onChange({ status: undefined, state: undefined })}
    >
      {() => (
        <>
          <ChoiceList
            options={told}
            chosen={told
              .map((one) => one.value)
              .filter((one) => listOf(search.state).includes(one))}
            onPick={(one) =>
              onChange({ state: search.state === one ? undefined : one, status: undefined })
            }
          />
          <div className="pop-sep" />
          <ChoiceList
            options={statuses}
            chosen={chosen}
            onPick={(one) => onChange({ status: toggled(search.status, one), state: undefined })}
          />
        </>
      )}
    </FilterChip>
  );
}

function SecrecyFilter(props: ChipProps) {
  const { t } = useTranslation("documents");
  const options = SECRECIES.map((code) => ({ value: code || "open", title: secrecyTitle(code) }));
  return <ManyFilter {...props} name="secrecy" title={t("filter_secrecy")} options={options} />;
}

function CaseFileFilter(props: ChipProps) {
  const { t } = useTranslation("documents");
  const files = useCaseFiles().data ?? [];
  const options = files.map((one) => ({
    value: String(one.id),
    title: `${one.index} ${one.title}, ${one.year}`,
  }));
  return <ManyFilter {...props} name="case_file" title={t("filter_case_file")} options={options} />;
}

interface PeopleProps extends ChipProps {
  field: "responsible" | "addressee" | "author";
}

function PeopleFilter({ field, search, onChange, ...chip }: PeopleProps) {
  const { t } = useTranslation("documents");
  const ids = idsOf(search[field]);
  const first = usePerson(ids[0] ?? null);
  const rest = ids.length > 1 ? ` + ${ids.length - 1}` : "";
  return (
    <FilterChip
      {...chip}
      title={t(`filter_${field}`)}
      value={ids.length > 0 ? `${first.data?.name ?? "…"}${rest}` : ""}
      onClear={() => onChange({ [field]: undefined })}
      width={300}
    >
      {() => (
        <PersonList
          chosen={ids}
          onPick={(person) => onChange({ [field]: toggled(search[field], String(person.id)) })}
        />
      )}
    </FilterChip>
  );
}
