import { useTranslation } from "react-i18next";
import type { Policy } from "../../../api/contract";
import { climb } from "./wishes";
import "./words";

const NEVER = "never";

/** Who hears that a due moment has passed, and how long after it. */
export function LadderSection({ policy }: { policy: Policy }) {
  const { t } = useTranslation("noticeSettings");
  return (
    <section className="set-sec">
      <h3>{t("ladder")}</h3>
      <p className="t2">{t("ladderText")}</p>
      {policy.ladder.map((step) => (
        <label key={step.who} className="ladder-step">
          <span>{step.title}</span>
          <select
            className="inp"
            value={step.after ?? NEVER}
            onChange={({ target }) =>
              climb(policy, step.who, target.value === NEVER ? null : Number(target.value))
            }
            data-testid={`ladder-${step.who}`}
          >
            {policy.ladder_choices.map((minutes) => (
              <option key={minutes} value={minutes}>
                {t(`after${minutes}` as "after0")}
              </option>
            ))}
            <option value={NEVER}>{t("ladderOff")}</option>
          </select>
        </label>
      ))}
    </section>
  );
}
