import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Wishes } from "../../../api/contract";
import { ClockInput } from "../../../core/forms/ClockInput";
import { isClock } from "../../../core/forms/clock";
import { Switch, Tick } from "../../../ui/marks";
import { wish } from "./wishes";
import "./words";

const DIGESTS = [
  ["", "digestNone"],
  ["hourly", "digestHourly"],
  ["daily", "digestDaily"],
] as const;
const BEFORE = {
  15: "before15",
  60: "before60",
  180: "before180",
  1440: "before1440",
  2880: "before2880",
  10080: "before10080",
} as const;
const NIGHT = { begins: "22:00", ends: "08:00" };

/** When: quiet hours, digests, reminders, and how much of others' talk. */
export function TimesSection({ wishes }: { wishes: Wishes }) {
  const { t } = useTranslation("noticeSettings");
  const { quiet, reminders } = wishes;
  const remind = (minutes: number, on: boolean) =>
    wish(wishes, {
      reminders: on ? [...reminders, minutes] : reminders.filter((one) => one !== minutes),
    });
  return (
    <>
      <section className="set-sec">
        <h3>{t("quiet")}</h3>
        <p className="t2">{t("quietText")}</p>
        <div className="wishes-row">
          <Switch
            on={quiet !== null}
            label={t("quietOn")}
            onChange={(on) => wish(wishes, { quiet: on ? NIGHT : null })}
            data-testid="quiet"
          />
          {quiet &&
            (["begins", "ends"] as const).map((end) => (
              <QuietClock
                key={`${end}-${quiet[end]}`}
                label={t(end === "begins" ? "quietFrom" : "quietTo")}
                time={quiet[end]}
                onTime={(time) => wish(wishes, { quiet: { ...quiet, [end]: time } })}
                testId={`quiet-${end}`}
              />
            ))}
        </div>
      </section>
      <section className="set-sec">
        <h3>{t("digest")}</h3>
        <p className="t2">{t("digestText")}</p>
        <div className="wishes-row">
          {DIGESTS.map(([code, title]) => (
            <label key={code}>
              <input
                type="radio"
                name="digest"
                checked={wishes.digest === code}
                onChange={() => wish(wishes, { digest: code })}
              />
              {t(title)}
            </label>
          ))}
        </div>
        <div className="wishes-row">
          <Switch
            on={wishes.mentions_only}
            label={t("mentionsOnly")}
            onChange={(mentions_only) => wish(wishes, { mentions_only })}
          />
          <span aria-hidden>{t("mentionsOnly")}</span>
        </div>
      </section>
      <section className="set-sec">
        <h3>{t("reminders")}</h3>
        <div className="wishes-row">
          {wishes.reminder_choices.map((minutes) => {
            const title = t(BEFORE[minutes as keyof typeof BEFORE]);
            return (
              // biome-ignore lint/a11y/noLabelWithoutControl: the control is the tick inside.
              <label key={minutes}>
                <Tick
                  label={title}
                  checked={reminders.includes(minutes)}
                  onChange={(event) => remind(minutes, event.target.checked)}
                />
                {title}
              </label>
            );
          })}
        </div>
      </section>
    </>
  );
}

interface QuietClockProps {
  label: string;
  time: string;
  onTime: (time: string) => void;
  testId: string;
}

/** Kept when the hand has left it: half a time is not a wish. */
function QuietClock({ label, time, onTime, testId }: QuietClockProps) {
  const [draft, setDraft] = useState(time);
  const keep = () => {
    if (!isClock(draft)) setDraft(time);
    else if (draft !== time) onTime(draft);
  };
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the clock inside, named by itself.
    <label onBlur={keep}>
      {label}
      <ClockInput
        label={label}
        className="wishes-clock"
        wrong={!isClock(draft)}
        value={draft}
        onChange={setDraft}
        data-testid={testId}
      />
    </label>
  );
}
