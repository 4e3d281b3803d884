import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isDay } from "../../../core/forms/clock";
import { DayInput } from "../../../core/forms/DayInput";
import { FilterChip } from "../../../core/lists/FilterChip";
import { Form } from "../../../ui/form";
import { dateText } from "../../../ui/format";
import { type DocumentSearch, spanText } from "../query";
import "../words";

interface ChipProps {
  search: DocumentSearch;
  onChange: (change: DocumentSearch) => void;
  startsOpen: boolean;
  onClosed: () => void;
}

/** A part of the other side's name. */
export function CorrespondentFilter({ search, onChange, ...chip }: ChipProps) {
  const { t } = useTranslation("documents");
  const [text, setText] = useState(search.correspondent ?? "");
  return (
    <FilterChip
      {...chip}
      title={t("filter_correspondent")}
      value={search.correspondent ?? ""}
      onClear={() => {
        setText("");
        onChange({ correspondent: undefined });
      }}
      width={280}
    >
      {(close) => (
        <Form
          className="doc-pop"
          onSubmit={() => {
            onChange({ correspondent: text.trim() || undefined });
            close();
          }}
        >
          <input
            className="inp"
            aria-label={t("filter_correspondent")}
            placeholder={t("correspondentPart")}
            value={text}
            onChange={(event) => setText(event.target.value)}
            data-autofocus
            data-testid="filter-correspondent"
          />
          <button type="submit" className="btn primary sm">
            {t("find")}
          </button>
        </Form>
      )}
    </FilterChip>
  );
}

interface DaysProps extends ChipProps {
  base: "registered_on" | "valid_until";
  title: "filter_registered" | "filter_ends";
}

const dayText = (day: string): string => dateText(`${day}T12:00:00`);

/** Between two days; either may be left open. */
export function DaysFilter({ base, title, search, onChange, ...chip }: DaysProps) {
  const { t } = useTranslation("documents");
  const since = `${base}__gte` as const;
  const until = `${base}__lte` as const;
  const put = (name: typeof since | typeof until, day: string) => {
    if (!day || isDay(day)) onChange({ [name]: day || undefined });
  };
  return (
    <FilterChip
      {...chip}
      title={t(title)}
      value={spanText(search[since], search[until], dayText)}
      onClear={() => onChange({ [since]: undefined, [until]: undefined })}
      width={260}
    >
      {() => (
        <div className="doc-pop">
          <DayInput
            label={t("since")}
            value={search[since] ?? ""}
            past={base === "registered_on"}
            onChange={(day) => put(since, day)}
          />
          <DayInput
            label={t("until")}
            value={search[until] ?? ""}
            past={base === "registered_on"}
            onChange={(day) => put(until, day)}
          />
        </div>
      )}
    </FilterChip>
  );
}
