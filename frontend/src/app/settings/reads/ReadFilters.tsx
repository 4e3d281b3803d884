import { useEffect, useEffectEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Person } from "../../../api/contract";
import type { ReadSort } from "../../../api/reads";
import { isDay } from "../../../core/forms/clock";
import { DayInput } from "../../../core/forms/DayInput";
import { PersonInput } from "../../../core/people/PersonInput";
import { useSettled } from "../../../core/people/people";
import { Button } from "../../../ui/button";
import { Field } from "../../../ui/field";
import { ALL, type Asked } from "./asked";
import "./reads.css";
import "./words";

interface ReadFiltersProps {
  asked: Asked;
  kinds: ReadSort[];
  onChange: (next: Asked) => void;
}

/** By sort, by who has looked, by whose data, by days. */
export function ReadFilters({ asked, kinds, onChange }: ReadFiltersProps) {
  const { t } = useTranslation("reads");
  const set = (next: Partial<Asked>) => onChange({ ...asked, ...next });
  return (
    <>
      <div className="read-filters">
        <Field label={t("kind")}>
          {(aria) => (
            <select
              {...aria}
              className="inp"
              value={asked.kind}
              onChange={(event) => set({ kind: event.target.value })}
              data-testid="reads-kind"
            >
              <option value="">{t("kindAll")}</option>
              {kinds.map((kind) => (
                <option key={kind.code} value={kind.code}>
                  {kind.title}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Who name="reader" value={asked.reader} onPick={(reader) => set({ reader })} />
        <Who name="whose" value={asked.whose} onPick={(whose) => set({ whose })} />
        {(["since", "until"] as const).map((edge) => (
          <Day key={edge} name={edge} day={asked[edge]} onDay={(day) => set({ [edge]: day })} />
        ))}
      </div>
      {asked !== ALL && (
        <Button look="quiet" size="sm" onClick={() => onChange(ALL)} data-testid="reads-clear">
          {t("clear")}
        </Button>
      )}
    </>
  );
}

interface WhoProps {
  name: "reader" | "whose";
  value: Person | null;
  onPick: (person: Person) => void;
}

function Who({ name, value, onPick }: WhoProps) {
  const { t } = useTranslation("reads");
  return (
    <div>
      <span className="lbl">{t(name)}</span>
      <PersonInput label={t(name)} value={value} onPick={onPick} data-testid={`reads-${name}`} />
    </div>
  );
}

const CALM_MS = 400;

interface DayProps {
  name: "since" | "until";
  day: string;
  onDay: (day: string) => void;
}

/** Asked for when the hand rests: each look at this log is written into it. */
function Day({ name, day, onDay }: DayProps) {
  const { t } = useTranslation("reads");
  const [text, setText] = useState(day);
  const settled = useSettled(text, CALM_MS);
  const isWrong = text !== "" && !isDay(text);
  const tell = useEffectEvent((told: string) => {
    if (told !== day && (told === "" || isDay(told))) onDay(told);
  });
  useEffect(() => tell(settled), [settled]);
  useEffect(() => setText(day), [day]);
  return (
    <DayInput
      label={t(name)}
      value={text}
      error={isWrong && settled === text ? t("dayWrong") : undefined}
      past
      onChange={setText}
      data-testid={`reads-${name}`}
    />
  );
}
