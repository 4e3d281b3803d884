import { useTranslation } from "react-i18next";
import { Tick } from "../../ui/marks";
import { type Channel, EXTRA, useReach } from "./notices";
import "./notices.css";
import "./words";

interface ChannelTicksProps {
  chosen: Channel[];
  onChange: (chosen: Channel[]) => void;
}

/** By what to tell the assignee besides what he has chosen himself. */
export function ChannelTicks({ chosen, onChange }: ChannelTicksProps) {
  const { t } = useTranslation("notices");
  const reach = useReach(chosen.length > 0);
  const turn = (channel: Channel, on: boolean) =>
    onChange(on ? [...chosen, channel] : chosen.filter((one) => one !== channel));
  return (
    <fieldset className="ticks">
      <legend className="vh">{t("extra")}</legend>
      <span className="t3" aria-hidden>
        {t("extra")}
      </span>
      {EXTRA.map((channel) => (
        // biome-ignore lint/a11y/noLabelWithoutControl: the control is the tick inside.
        <label key={channel}>
          <Tick
            label={t(channel)}
            checked={chosen.includes(channel)}
            onChange={(event) => turn(channel, event.target.checked)}
            data-testid={`tell-${channel}`}
          />
          {t(channel)}
        </label>
      ))}
      {reach && !reach.mail_is_on && chosen.includes("mail") && (
        <p className="hint" role="status">
          {t("mailOff")}
        </p>
      )}
      {reach && !reach.sms_is_on && chosen.includes("sms") && (
        <p className="hint" role="status">
          {t("smsOff")}
        </p>
      )}
      {reach && !reach.chat.is_available && chosen.includes("telegram") && (
        <p className="hint" role="status">
          {t("telegramOff")}
        </p>
      )}
    </fieldset>
  );
}
