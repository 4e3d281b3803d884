import { useTranslation } from "react-i18next";
import type { Limit } from "../../../api/billing";
import { countText, sizeText } from "../../../ui/format";
import { useUsage } from "./billing";
import { PageList } from "./PageList";
import { dateOfIso, shareOf } from "./sums";
import "../settings.css";
import "./billing.css";
import "./words";

/** What was in use day by day, beside what was allowed on that day. */
export function Usage() {
  const { t } = useTranslation("billing");
  return (
    <PageList
      pages={useUsage()}
      title={t("usage")}
      hint={t("usageHint")}
      icon="chart-column"
      none={t("usageNone")}
      noneText={t("usageNoneText")}
      testId="usage"
    >
      {(rows) => (
        <div className="pane">
          <table className="set-tbl">
            <thead>
              <tr>
                <th>{t("usageDay")}</th>
                <th>{t("people")}</th>
                <th>{t("storage")}</th>
                <th>{t("usageMeters")}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.day} data-testid="usage-row">
                  <td className="num">{dateOfIso(row.day)}</td>
                  <td>
                    <Used limit={row.seats} show={countText} />
                  </td>
                  <td>
                    <Used limit={row.storage_bytes} show={sizeText} />
                  </td>
                  <td data-testid="usage-meters">
                    {row.meters.map((one) => (
                      <div key={one.code}>
                        {t("meterOfDay", { title: one.title, count: countText(one.volume) })}
                      </div>
                    ))}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </PageList>
  );
}

const TONES = { free: "", near: "tone-amber", filled: "tone-red" } as const;

function Used({ limit, show }: { limit: Limit; show: (value: number) => string }) {
  const { t } = useTranslation("billing");
  const used = show(limit.used);
  return (
    <div className={TONES[limit.level]}>
      <span className="num">
        {limit.limit === null ? used : t("usedOf", { used, limit: show(limit.limit) })}
      </span>
      {limit.limit !== null && (
        <div className="bar bill-day">
          <i style={{ width: `${shareOf(limit)}%` }} />
        </div>
      )}
    </div>
  );
}
