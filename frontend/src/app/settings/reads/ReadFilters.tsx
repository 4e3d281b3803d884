import { useTranslation } from "react-i18next";
import type { Person } from "../../../api/contract";
import type { ReadSort } from "../../../api/reads";
import { PersonInput } from "../../../core/people/PersonInput";
import { Button } from "../../../ui/button";
import { Field, TextField } from "../../../ui/field";
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
        <TextField
          label={t("since")}
          type="date"
          value={asked.since}
          max={asked.until || undefined}
          onChange={(event) => set({ since: event.target.value })}
          data-testid="reads-since"
        />
        <TextField
          label={t("until")}
          type="date"
          value={asked.until}
          min={asked.since || undefined}
          onChange={(event) => set({ until: event.target.value })}
          data-testid="reads-until"
        />
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
