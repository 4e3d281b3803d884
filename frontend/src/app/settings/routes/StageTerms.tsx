import { useTranslation } from "react-i18next";
import { Field } from "../../../ui/field";
import { NumberField } from "./NumberField";
import { isPerformed } from "./names";
import type { StageFormProps } from "./StageForm";
import type { Stage } from "./scheme";
import "./words";

const ESCALATIONS = [
  ["none", "escNone"],
  ["tell", "escTell"],
  ["hand", "escHand"],
] as const;

/** By when, what is waited for, and what happens when the term is over. */
export function StageTerms({ stage, kind, onChange }: StageFormProps) {
  const { t } = useTranslation("routeset");
  if (stage.kind === "wait") return <SignalField stage={stage} kind={kind} onChange={onChange} />;
  const days = kind.values.filter((one) => one.kind === "day");
  return (
    <>
      <div className="two">
        <NumberField
          label={t("hours")}
          hint={t(stage.kind === "timer" ? "timerHint" : "hoursHint")}
          value={stage.hours}
          onChange={(hours) =>
            onChange(
              hours === null ? { hours, remind: null, escalation: "none", escalate: 0 } : { hours },
            )
          }
          testId="stage-hours"
        />
        {isPerformed(stage) && stage.hours !== null && (
          <NumberField
            label={t("remind")}
            value={stage.remind}
            onChange={(remind) => onChange({ remind })}
            testId="stage-remind"
          />
        )}
        {stage.kind === "timer" && (
          <Field label={t("until")}>
            {(aria) => (
              <select
                {...aria}
                className="inp"
                value={stage.until}
                onChange={(event) => onChange({ until: event.target.value })}
              >
                <option value="">{t("untilNone")}</option>
                {days.map((one) => (
                  <option key={one.title}>{one.title}</option>
                ))}
              </select>
            )}
          </Field>
        )}
      </div>
      {isPerformed(stage) && stage.hours !== null && (
        <div className="two">
          <Field label={t("escalation")}>
            {(aria) => (
              <select
                {...aria}
                className="inp"
                value={stage.escalation}
                onChange={(event) =>
                  onChange({ escalation: event.target.value as Stage["escalation"] })
                }
                data-testid="stage-escalation"
              >
                {ESCALATIONS.map(([value, word]) => (
                  <option key={value} value={value}>
                    {t(word)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          {stage.escalation !== "none" && (
            <NumberField
              label={t("escalate")}
              value={stage.escalate}
              onChange={(escalate) => onChange({ escalate: escalate ?? 0 })}
            />
          )}
        </div>
      )}
    </>
  );
}

function SignalField({
  stage,
  kind,
  onChange,
}: Pick<StageFormProps, "stage" | "kind" | "onChange">) {
  const { t } = useTranslation("routeset");
  if (kind.signals.length === 0) return <p className="hint">{t("signalsNone")}</p>;
  return (
    <Field label={t("signal")}>
      {(aria) => (
        <select
          {...aria}
          className="inp"
          value={stage.signal}
          onChange={(event) => onChange({ signal: event.target.value })}
        >
          <option value="">{t("choose")}</option>
          {kind.signals.map((one) => (
            <option key={one.code} value={one.code}>
              {one.title}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
