import { useTranslation } from "react-i18next";
import { Field } from "../../../ui/field";
import { Check } from "../fields/Check";
import { NumberField } from "./NumberField";
import type { StageFormProps } from "./StageForm";
import { before, type Stage } from "./scheme";
import "./routeset.css";
import "./words";

const RULES = [
  ["all", "ruleAll"],
  ["any", "ruleAny"],
  ["count", "ruleCount"],
] as const;
/** Stands in the choice for «the run ends»: an empty value is the initiator. */
const ENDS = "-";

/** How many must agree, in which order they are asked, where a refusal leads, what an edit makes void. */
export function StageRules({ scheme, stage, kind, onChange }: StageFormProps) {
  const { t } = useTranslation("routeset");
  const earlier = before(scheme, stage.code);
  return (
    <>
      <div className="two">
        <Field label={t("rule")}>
          {(aria) => (
            <select
              {...aria}
              className="inp"
              value={stage.rule}
              onChange={(event) => {
                const rule = event.target.value as Stage["rule"];
                onChange({ rule, count: rule === "count" ? Math.max(1, stage.count) : 0 });
              }}
              data-testid="stage-rule"
            >
              {RULES.map(([value, word]) => (
                <option key={value} value={value}>
                  {t(word)}
                </option>
              ))}
            </select>
          )}
        </Field>
        {stage.rule === "count" && (
          <NumberField
            label={t("count")}
            value={stage.count || null}
            onChange={(count) => onChange({ count: count ?? 0 })}
            testId="stage-count"
          />
        )}
      </div>
      <div>
        <Check
          on={stage.in_turn}
          label={t("inTurn")}
          onChange={(in_turn) => onChange({ in_turn })}
        />
        <Check
          on={stage.hears_all}
          label={t("hearsAll")}
          onChange={(hears_all) => onChange({ hears_all })}
        />
      </div>
      <Field label={t("onReject")}>
        {(aria) => (
          <select
            {...aria}
            className="inp"
            value={stage.on_reject ?? ENDS}
            onChange={({ target }) =>
              onChange({ on_reject: target.value === ENDS ? null : target.value })
            }
            data-testid="stage-reject"
          >
            <option value={ENDS}>{t("rejectEnds")}</option>
            <option value="">{t("rejectInitiator")}</option>
            {scheme.stages
              .filter((one) => earlier.has(one.code))
              .map((one) => (
                <option key={one.code} value={one.code}>
                  {t("rejectStage", { title: one.title })}
                </option>
              ))}
          </select>
        )}
      </Field>
      <CaresField cares={stage.cares} fields={kind.fields_of_card} onChange={onChange} />
    </>
  );
}

interface CaresProps {
  cares: string[] | null;
  fields: { code: string; title: string }[];
  onChange: (change: Partial<Stage>) => void;
}

/** Fields whose change makes the decisions of a stage void. */
function CaresField({ cares, fields, onChange }: CaresProps) {
  const { t } = useTranslation("routeset");
  const choice = cares === null ? "all" : cares.length > 0 ? "some" : "none";
  const first = fields[0]?.code;
  const choose = (next: string) => {
    if (next === "all") onChange({ cares: null });
    else onChange({ cares: next === "some" && first ? [first] : [] });
  };
  return (
    <div>
      <Field label={t("cares")}>
        {(aria) => (
          <select
            {...aria}
            className="inp"
            value={choice}
            onChange={(event) => choose(event.target.value)}
            data-testid="stage-cares"
          >
            <option value="all">{t("caresAll")}</option>
            {first && <option value="some">{t("caresSome")}</option>}
            <option value="none">{t("caresNone")}</option>
          </select>
        )}
      </Field>
      {cares !== null && choice === "some" && (
        <div className="routeset-cares">
          {fields.map((one) => (
            <Check
              key={one.code}
              on={cares.includes(one.code)}
              label={one.title}
              onChange={(on) => {
                const others = cares.filter((code) => code !== one.code);
                onChange({ cares: on ? [...others, one.code] : others });
              }}
            />
          ))}
        </div>
      )}
    </div>
  );
}
