import { useTranslation } from "react-i18next";
import type { TriedStage } from "../../api/routes";
import { Icon } from "../../ui/icon";
import { PersonChip } from "../people/PersonChip";
import "./routes.css";
import "./words";

const PERFORMED = new Set(["approval", "work"]);

/** Nobody is named yet and nobody is missing: whoever sends the card picks them, or a field names them that is hidden. */
const isUntold = (stage: TriedStage): boolean =>
  PERFORMED.has(stage.kind) &&
  !stage.is_passed_over &&
  !stage.is_nobody &&
  stage.people.length === 0;

interface TrialStagesProps {
  stages: TriedStage[];
  /** Whether the sender picks people of this route. */
  picks?: boolean;
}

/** Whom each stage would ask: «кто получит». */
export function TrialStages({ stages, picks = true }: TrialStagesProps) {
  const { t } = useTranslation("routes");
  return (
    <ol className="route-trial" data-testid="route-trial">
      {stages.map((stage) => (
        <li
          key={stage.code}
          className={stage.is_passed_over ? "route-tried passed" : "route-tried"}
          data-testid="route-tried"
          data-passed={stage.is_passed_over ?? undefined}
        >
          <Icon name={stage.is_passed_over ? "circle-slash" : "circle-dot"} size={14} />
          <span className="route-title">{stage.title}</span>
          <span className="route-tried-who">
            {stage.is_passed_over && <span className="t3">{t("passedOver")}</span>}
            {stage.is_nobody && <span className="amber">{t("nobody")}</span>}
            {!stage.is_passed_over && !PERFORMED.has(stage.kind) && (
              <span className="t3">{t("byEvent")}</span>
            )}
            {stage.is_passed_over === null && <span className="t3">{t("byCondition")}</span>}
            {isUntold(stage) && <span className="t3">{t(picks ? "bySender" : "notTold")}</span>}
            {stage.people.map((one) => (
              <span key={one.person?.id ?? 0} className="row">
                <PersonChip person={one.person} />
                {one.instead_of && (
                  <span className="f12 t3">{t("insteadOf", { name: one.instead_of.name })}</span>
                )}
              </span>
            ))}
          </span>
        </li>
      ))}
    </ol>
  );
}
