import { useTranslation } from "react-i18next";
import type { Limit, Subscription } from "../../../api/billing";
import { countText, sizeText } from "../../../ui/format";
import { shareOf } from "./sums";
import "./billing.css";
import "./words";

const TONES = { free: "", near: "tone-amber", filled: "tone-red" } as const;

/** How near each limit is; where there is none, only what is in use. */
export function Limits({ limits }: Pick<Subscription, "limits">) {
  const { t } = useTranslation("billing");
  return (
    <section className="set-sec" aria-label={t("limits")}>
      <h3>{t("limits")}</h3>
      <div className="bill-limits">
        <LimitLine name={t("people")} limit={limits.seats} show={countText} code="seats" />
        <LimitLine
          name={t("storage")}
          limit={limits.storage_bytes}
          show={sizeText}
          code="storage"
        />
      </div>
    </section>
  );
}

interface LimitLineProps {
  name: string;
  limit: Limit;
  show: (value: number) => string;
  code: string;
}

function LimitLine({ name, limit, show, code }: LimitLineProps) {
  const { t } = useTranslation("billing");
  const used = show(limit.used);
  const words =
    limit.limit === null
      ? t("usedFree", { used })
      : t("usedOf", { used, limit: show(limit.limit) });
  return (
    <div className={TONES[limit.level]} data-testid={`limit-${code}`} data-level={limit.level}>
      <div className="row">
        <span className="grow">{name}</span>
        <span className="num">{words}</span>
      </div>
      {limit.limit !== null && (
        <div className="bar bill-bar">
          <i style={{ width: `${shareOf(limit)}%` }} />
        </div>
      )}
      {limit.level !== "free" && (
        <p className={limit.level === "filled" ? "f12 red" : "f12 amber"}>{t(limit.level)}</p>
      )}
    </div>
  );
}
