import { useTranslation } from "react-i18next";
import { Field, TextField } from "../../ui/field";
import { Switch } from "../../ui/marks";
import { DayInput } from "../forms/DayInput";
import type { PartProps } from "./PlanDialog";
import type { Draft } from "./plan";
import "./words";

const DAY_OFF = [
  ["keep", "dayOffKeep"],
  ["before", "dayOffBefore"],
  ["after", "dayOffAfter"],
  ["skip", "dayOffSkip"],
] as const;
const CATCH_UP = [
  ["latest", "catchUpLatest"],
  ["all", "catchUpAll"],
  ["skip", "catchUpSkip"],
] as const;

/** From when, until when, and what becomes of days off, stops and the one before. */
export function PlanLimits({ draft, told, onChange }: PartProps) {
  const { t } = useTranslation("recurrence");
  return (
    <>
      {draft.rhythm !== "workdays" && (
        <Field label={t("dayOff")} error={told("dayOff")}>
          {(aria) => (
            <select
              {...aria}
              className="inp"
              value={draft.dayOff}
              onChange={(event) => onChange({ dayOff: event.target.value as Draft["dayOff"] })}
              data-testid="plan-day-off"
            >
              {DAY_OFF.map(([code, title]) => (
                <option key={code} value={code}>
                  {t(title)}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      <div className="rec-three">
        <DayInput
          label={t("startsOn")}
          error={told("startsOn")}
          value={draft.startsOn}
          onChange={(startsOn) => onChange({ startsOn })}
          data-testid="plan-starts"
        />
        <DayInput
          label={t("endsOn")}
          hint={t("endsOnNote")}
          error={told("endsOn")}
          value={draft.endsOn}
          onChange={(endsOn) => onChange({ endsOn })}
          data-testid="plan-ends"
        />
        <TextField
          label={t("most")}
          inputMode="numeric"
          hint={t("mostNote")}
          error={told("most")}
          value={draft.most}
          onChange={(event) => onChange({ most: event.target.value })}
          data-testid="plan-most"
        />
      </div>
      <Field label={t("catchUp")} error={told("catchUp")}>
        {(aria) => (
          <select
            {...aria}
            className="inp"
            value={draft.catchUp}
            onChange={(event) => onChange({ catchUp: event.target.value as Draft["catchUp"] })}
            data-testid="plan-catch-up"
          >
            {CATCH_UP.map(([code, title]) => (
              <option key={code} value={code}>
                {t(title)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <div className="row">
        <Switch
          on={draft.oneOpen}
          label={t("oneOpen")}
          onChange={(oneOpen) => onChange({ oneOpen })}
          data-testid="plan-one-open"
        />
        <span className="f13">{t("oneOpen")}</span>
      </div>
    </>
  );
}
