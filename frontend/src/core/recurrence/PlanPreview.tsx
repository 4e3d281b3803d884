import { useTranslation } from "react-i18next";
import type { Forecast } from "../../api/contract";
import { DateList } from "./DateList";
import { isSameWall, ownZone, shiftOf } from "./moments";
import { coming } from "./plan";
import "./words";

interface PreviewProps {
  forecast: Forecast | undefined;
  /** Something is missing, so nothing can be told. */
  waits: boolean;
  byMinutes: boolean;
  /** It is said when the plan ends. */
  stops: boolean;
  most: string;
  made: number;
  zone: string;
}

/** The plan in words and the next ten dates, before anything is kept. */
export function PlanPreview(props: PreviewProps) {
  const { forecast, waits, byMinutes, stops, most, made, zone } = props;
  const { t } = useTranslation("recurrence");
  const dates = coming(forecast?.next ?? [], most, made);
  const elsewhere = !isSameWall(zone, ownZone());
  return (
    <section className="rec-ahead" aria-label={t("preview")} aria-live="polite">
      <h3>{t("preview")}</h3>
      {waits || !forecast ? (
        <p className="hint">{t("previewWaits")}</p>
      ) : (
        <>
          <p className="f13" data-testid="plan-words">
            {forecast.text}
          </p>
          {byMinutes && (
            <p className="notice tone-amber" data-testid="plan-a-day">
              {t("aDay", { count: forecast.a_day })} {stops ? "" : t("aDayStop")}
            </p>
          )}
          {dates.length > 0 ? (
            <DateList dates={dates} zone={zone} label={t("preview")} />
          ) : (
            <p className="hint">{t("previewNone")}</p>
          )}
          {elsewhere && <p className="hint">{t("zone", { zone: shiftOf(zone) })}</p>}
        </>
      )}
    </section>
  );
}
