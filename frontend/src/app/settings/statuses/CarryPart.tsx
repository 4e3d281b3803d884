import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { StatusScheme, StatusSettings } from "../../../api/statuses";
import { Button } from "../../../ui/button";
import { carryCards, livingOf } from "./scheme";
import "./words";

interface CarryPartProps {
  scheme: StatusScheme;
  status: StatusSettings;
  busy: boolean;
  onCarry: (work: () => Promise<unknown>) => void;
}

/** Cards that stand in a status go into another one of the same base, and the status goes away. */
export function CarryPart({ scheme, status, busy, onCarry }: CarryPartProps) {
  const { t } = useTranslation("statusset");
  const others = livingOf(scheme).filter((one) => one.base === status.base && one.id !== status.id);
  const [to, setTo] = useState(others[0]?.id);
  if (to === undefined) return null;
  return (
    <section className="status-carry" aria-label={t("carryTo")}>
      <p className="lbl">
        {t("carryTo")} · {t("cards", { count: status.cards_count })}
      </p>
      <div className="row status-buttons">
        <select
          className="inp grow"
          aria-label={t("carryTo")}
          value={to}
          onChange={(event) => setTo(Number(event.target.value))}
        >
          {others.map((one) => (
            <option key={one.id} value={one.id}>
              {one.title}
            </option>
          ))}
        </select>
        <Button
          busy={busy}
          onClick={() => onCarry(() => carryCards(status.id, to))}
          data-testid="status-carry"
        >
          {t("carry")}
        </Button>
      </div>
      <p className="hint">{t("carryNote")}</p>
    </section>
  );
}
