import { useTranslation } from "react-i18next";
import type { RoutedKind } from "../../../api/routes";
import { Field, TextField } from "../../../ui/field";
import { Icon } from "../../../ui/icon";
import { Check } from "../fields/Check";
import { ConditionBox } from "./ConditionBox";
import { isPerformed, type NameOf } from "./names";
import { PerformersField } from "./PerformersField";
import { StageRules } from "./StageRules";
import { StageTerms } from "./StageTerms";
import { behind, canJoin, join, part, type Scheme, type Stage } from "./scheme";
import "./routeset.css";
import "./words";

export interface StageFormProps {
  kind: RoutedKind;
  scheme: Scheme;
  stage: Stage;
  fault: string | undefined;
  nameOf: NameOf;
  /** What of this stage is otherwise. */
  onChange: (change: Partial<Stage>) => void;
  /** What it stands after is otherwise. */
  onScheme: (scheme: Scheme) => void;
}

const KINDS = [
  ["approval", "kindApproval"],
  ["work", "kindWork"],
  ["wait", "kindWait"],
  ["timer", "kindTimer"],
] as const;

/** Everything about one stage. */
export function StageForm(props: StageFormProps) {
  const { kind, stage, fault, nameOf, onChange } = props;
  const { t } = useTranslation("routeset");
  return (
    <div className="stack routeset-form" data-testid="stage-form">
      {fault && (
        <p className="notice tone-red" role="alert">
          <Icon name="circle-alert" />
          <span>{fault}</span>
        </p>
      )}
      <TextField
        label={t("stageTitle")}
        required
        maxLength={100}
        value={stage.title}
        onChange={(event) => onChange({ title: event.target.value })}
        data-testid="stage-title"
      />
      <Field label={t("stageKind")}>
        {(aria) => (
          <select
            {...aria}
            className="inp"
            value={stage.kind}
            onChange={(event) => onChange({ kind: event.target.value as Stage["kind"] })}
            data-testid="stage-kind"
          >
            {KINDS.map(([value, word]) => (
              <option key={value} value={value}>
                {t(word)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <AfterField {...props} />
      {isPerformed(stage) && (
        <>
          <PerformersField
            kind={kind}
            stage={stage}
            nameOf={nameOf}
            onChange={(performers) => onChange({ performers })}
          />
          <StageRules {...props} />
        </>
      )}
      <ConditionBox
        kind={kind}
        label={t("condition")}
        hint={t("conditionHint")}
        value={stage.condition}
        onChange={(condition) => onChange({ condition })}
        testId="stage-condition"
      />
      <StageTerms {...props} />
    </div>
  );
}

/** What a stage waits for; none of it: it opens as soon as the card is sent. */
function AfterField({ scheme, stage, onScheme }: StageFormProps) {
  const { t } = useTranslation("routeset");
  const later = behind(scheme, stage.code);
  const others = scheme.stages.filter((one) => one.code !== stage.code && !later.has(one.code));
  return (
    <fieldset className="routeset-field">
      <legend className="lbl">{t("after")}</legend>
      {others.length === 0 && <p className="hint">{t("afterNone")}</p>}
      {others.map((one) => {
        const on = stage.after.includes(one.code);
        return (
          <Check
            key={one.code}
            on={on}
            label={one.title}
            onChange={(wanted) => {
              if (!wanted) onScheme(part(scheme, one.code, stage.code));
              else if (canJoin(scheme, one.code, stage.code))
                onScheme(join(scheme, one.code, stage.code));
            }}
          />
        );
      })}
    </fieldset>
  );
}
