import { useTranslation } from "react-i18next";
import { IconButton } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { ClockInput } from "../forms/ClockInput";
import { isClock } from "../forms/clock";
import type { PartProps } from "./PlanDialog";
import { MOST_TIMES } from "./plan";
import "./words";

/** At what time of the day: some moments, or the hours between which the minutes run. */
export function TimesPart(props: PartProps) {
  const { draft, told } = props;
  const { t } = useTranslation("recurrence");
  const byMinutes = draft.rhythm === "minutes";
  const wrong = byMinutes ? (told("opens") ?? told("closes")) : told("times");
  return (
    <div>
      <span className="lbl">{byMinutes ? t("hours") : t("times")}</span>
      {byMinutes ? <Hours {...props} /> : <Times {...props} />}
      {wrong && (
        <div className="fld-msg err" role="alert">
          {wrong}
        </div>
      )}
    </div>
  );
}

function Times({ draft, onChange }: PartProps) {
  const { t } = useTranslation("recurrence");
  const { times } = draft;
  const put = (at: number, time: string) =>
    onChange({ times: times.map((one, index) => (index === at ? time : one)) });
  return (
    <div className="rec-chips">
      {times.map((time, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a time has no name but its place.
        <span key={at} className="row rec-time">
          <ClockInput
            label={t("time", { number: at + 1 })}
            className="rec-clock"
            wrong={!isClock(time)}
            value={time}
            onChange={(value) => put(at, value)}
            data-testid={`plan-time-${at}`}
          />
          {times.length > 1 && (
            <IconButton
              icon="x"
              small
              label={t("removeTime", { time })}
              onClick={() => onChange({ times: times.filter((_, index) => index !== at) })}
            />
          )}
        </span>
      ))}
      {times.length < MOST_TIMES && (
        <button
          type="button"
          className="chip"
          onClick={() => onChange({ times: [...times, "12:00"] })}
          data-testid="plan-add-time"
        >
          <Icon name="plus" size={14} />
          {t("addTime")}
        </button>
      )}
    </div>
  );
}

function Hours({ draft, onChange }: PartProps) {
  const { t } = useTranslation("recurrence");
  return (
    <div className="row">
      {(["opens", "closes"] as const).map((end) => (
        <span key={end} className="row">
          <span className="t2">{t(end)}</span>
          <ClockInput
            label={t(end)}
            className="rec-clock"
            wrong={!isClock(draft[end])}
            value={draft[end]}
            onChange={(value) => onChange({ [end]: value })}
            data-testid={`plan-${end}`}
          />
        </span>
      ))}
    </div>
  );
}
