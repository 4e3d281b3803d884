import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { RoutedKind } from "../../../api/routes";
import { useDepartments, useRoles } from "../../../core/people/directories";
import { PersonInput } from "../../../core/people/PersonInput";
import { Button, IconButton } from "../../../ui/button";
import { Icon } from "../../../ui/icon";
import type { NameOf } from "./names";
import type { By, Performer, Stage } from "./scheme";
import { useLists } from "./settings";
import "./routeset.css";
import "./words";

interface PerformersFieldProps {
  kind: RoutedKind;
  stage: Stage;
  nameOf: NameOf;
  onChange: (performers: Performer[]) => void;
}

const WAYS = ["person", "role", "head", "manager", "field", "list", "picked"] as const;
type Way = (typeof WAYS)[number];

const same = (one: Performer, other: Performer): boolean =>
  one.by === other.by && one.value === other.value && one.code === other.code;

/** By which rules those who decide are found when the stage opens. */
export function PerformersField({ kind, stage, nameOf, onChange }: PerformersFieldProps) {
  const { t } = useTranslation("routeset");
  const [way, setWay] = useState<Way>("person");
  const label = t(stage.kind === "work" ? "performersWork" : "performers");
  const add = (rule: { by: By; value?: number; code?: string }) => {
    const made: Performer = { value: 0, code: "", ...rule };
    if (!stage.performers.some((one) => same(one, made))) onChange([...stage.performers, made]);
  };
  return (
    <fieldset className="routeset-field">
      <legend className="lbl">{label}</legend>
      {stage.performers.length === 0 && <p className="hint">{t("performersNone")}</p>}
      <ul className="routeset-rules">
        {stage.performers.map((one) => (
          <li key={`${one.by}/${one.value}/${one.code}`} className="row" data-testid="performer">
            <Icon name={one.by === "person" ? "user-round" : "users"} size={14} />
            <span className="grow el">{nameOf(one)}</span>
            <IconButton
              icon="x"
              size={14}
              small
              label={t("dropPerformer", { title: nameOf(one) })}
              onClick={() => onChange(stage.performers.filter((other) => !same(one, other)))}
            />
          </li>
        ))}
      </ul>
      <div className="routeset-add">
        <select
          className="inp"
          aria-label={label}
          value={way}
          onChange={(event) => setWay(event.target.value as Way)}
          data-testid="performer-by"
        >
          {WAYS.map((one) => (
            <option key={one} value={one}>
              {t(`by_${one}`)}
            </option>
          ))}
        </select>
        <Choice way={way} kind={kind} onAdd={add} />
      </div>
    </fieldset>
  );
}

interface ChoiceProps {
  way: Way;
  kind: RoutedKind;
  onAdd: (rule: { by: By; value?: number; code?: string }) => void;
}

/** The second half of a rule: which person, role, department, field, list. */
function Choice({ way, kind, onAdd }: ChoiceProps) {
  const { t } = useTranslation("routeset");
  const departments = useDepartments();
  const roles = useRoles();
  const lists = useLists(kind.kind);
  if (way === "person") {
    return (
      <PersonInput
        label={t("by_person")}
        value={null}
        onPick={(person) => person.id !== null && onAdd({ by: "person", value: person.id })}
        data-testid="performer-person"
      />
    );
  }
  if (way === "manager" || way === "picked") {
    return (
      <Button icon="plus" onClick={() => onAdd({ by: way })} data-testid="performer-add">
        {t("addPerformer")}
      </Button>
    );
  }
  const offered: Record<Exclude<Way, "person" | "manager" | "picked">, [string, string][]> = {
    role: (roles.data ?? []).map((one) => [one.code, one.title]),
    head: [
      ["0", t("ownDepartment")],
      ...(departments.data ?? []).map((one): [string, string] => [String(one.id), one.title]),
    ],
    field: kind.people.map((one) => [one.code, one.title]),
    list: (lists.data ?? []).map((one) => [String(one.id), one.title]),
  };
  const options = offered[way];
  if (options.length === 0) return <p className="hint">{t("noneOfThese")}</p>;
  const pick = (value: string) => {
    const byNumber = way === "head" || way === "list";
    onAdd(byNumber ? { by: way, value: Number(value) } : { by: way, code: value });
  };
  return (
    <select
      className="inp"
      aria-label={t(`by_${way}`)}
      value=""
      onChange={(event) => pick(event.target.value)}
      data-testid="performer-which"
    >
      <option value="">{t("choose")}</option>
      {options.map(([value, title]) => (
        <option key={value} value={value}>
          {title}
        </option>
      ))}
    </select>
  );
}
