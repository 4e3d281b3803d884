import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ShownField } from "../../api/contract";
import { PersonList } from "../people/PersonList";
import type { Address } from "./address";
import { ChoiceList } from "./FilterChip";
import "./arranging.css";
import "./words";

/** In what way a field is asked about. */
export type Sort =
  | "tag"
  | "group"
  | "list"
  | "flag"
  | "person"
  | "number"
  | "day"
  | "text"
  | "presence";

const SORTS: Record<string, Sort> = {
  text: "text",
  number: "number",
  money: "number",
  date: "day",
  day: "day",
  flag: "flag",
  list: "list",
  person: "person",
};

/** A formula is asked about as what it gives. */
export function sortOf({ type, settings }: Pick<ShownField, "type" | "settings">): Sort {
  const gives = type === "formula" ? (settings.result ?? "text") : type;
  return SORTS[gives] ?? "presence";
}

interface ConditionBoxProps {
  base: string;
  sort: Sort;
  options: { code?: string | undefined; title: string }[];
  set: Record<string, string>;
  onChange: (change: Address) => void;
}

const toggledIn = (text: string | undefined, value: string): string | undefined => {
  const all = (text ?? "").split(",").filter(Boolean);
  const next = all.includes(value) ? all.filter((one) => one !== value) : [...all, value];
  return next.length > 0 ? next.join(",") : undefined;
};

/** What is asked of a field: one of its values, a stretch of them, or that there is any. */
export function ConditionBox(props: ConditionBoxProps) {
  const { base, sort, set, onChange } = props;
  const { t } = useTranslation("lists");
  const isNull = `${base}__isnull`;
  const presence = set[isNull];
  /** A value and its absence cannot be asked for together. */
  const ask = (change: Address) => onChange({ ...change, [isNull]: undefined });
  return (
    <>
      {sort !== "presence" && <Asked {...props} onChange={ask} />}
      {sort !== "presence" && <div className="pop-sep" />}
      <ChoiceList
        options={[
          { value: "false", title: t("isFilled") },
          { value: "true", title: t("isEmpty") },
        ]}
        chosen={presence ? [presence as "true" | "false"] : []}
        onPick={(value) =>
          onChange({
            [base]: undefined,
            [`${base}__gte`]: undefined,
            [`${base}__lte`]: undefined,
            [`${base}__startswith`]: undefined,
            [isNull]: value === presence ? undefined : value,
          })
        }
      />
    </>
  );
}

function Asked({ base, sort, options, set, onChange }: ConditionBoxProps) {
  const { t } = useTranslation("lists");
  const chosen = (set[base] ?? "").split(",").filter(Boolean);
  switch (sort) {
    case "list":
      return (
        <ChoiceList
          options={options.map((one) => ({ value: one.code ?? "", title: one.title }))}
          chosen={chosen}
          onPick={(value) => onChange({ [base]: toggledIn(set[base], value) })}
        />
      );
    case "flag":
      return (
        <ChoiceList
          options={[
            { value: "true", title: t("yes") },
            { value: "false", title: t("no") },
          ]}
          chosen={chosen}
          onPick={(value) => onChange({ [base]: value })}
        />
      );
    case "person":
      return (
        <PersonList
          chosen={chosen.map(Number)}
          onPick={(person) => onChange({ [base]: toggledIn(set[base], String(person.id)) })}
        />
      );
    case "text":
      return <Typed title={t("begins")} name={`${base}__startswith`} set={set} onSet={onChange} />;
    default:
      return (
        <div className="cond-two">
          <Typed title={t("from")} name={`${base}__gte`} sort={sort} set={set} onSet={onChange} />
          <Typed title={t("to")} name={`${base}__lte`} sort={sort} set={set} onSet={onChange} />
        </div>
      );
  }
}

interface TypedProps {
  title: string;
  name: string;
  sort?: Sort;
  set: Record<string, string>;
  onSet: (change: Address) => void;
}

const AMOUNT = /^-?\d{1,18}([.,]\d{1,6})?$/;

/** Taken over when it is left or Enter is pressed; what is no number is marked and not sent. */
function Typed({ title, name, sort = "text", set, onSet }: TypedProps) {
  const [text, setText] = useState(set[name] ?? "");
  const plain = sort === "number" ? text.replace(/[\s\u00a0]/g, "").replace(",", ".") : text.trim();
  const wrong = sort === "number" && plain !== "" && !AMOUNT.test(plain);
  const settle = () => {
    if (!wrong && plain !== (set[name] ?? "")) onSet({ [name]: plain || undefined });
  };
  return (
    <label className="cond-typed">
      <span className="lbl">{title}</span>
      <input
        className="inp"
        type={sort === "day" ? "date" : "text"}
        inputMode={sort === "number" ? "decimal" : undefined}
        value={text}
        maxLength={100}
        aria-invalid={wrong}
        onChange={(event) => setText(event.target.value)}
        onBlur={settle}
        onKeyDown={(event) => {
          if (event.key === "Enter") settle();
        }}
        data-testid={`typed-${name}`}
      />
    </label>
  );
}
