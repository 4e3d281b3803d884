import { useTranslation } from "react-i18next";
import { Icon } from "../../../../ui/icon";
import { type Handover, sayRunning } from "./told";

/** How far it has come while it goes on; what went and what stayed, and why, when it is over. */
export function Outcome({ told }: { told: Handover }) {
  const { t } = useTranslation("dismissal");
  const { given, remaining } = told;
  if (told.state === "running") {
    // What is merely taken off him is work as well.
    const through = told.pieces.reduce((sum, piece) => sum + piece.given, 0);
    const whole = through + remaining;
    return (
      <div className="stack" role="status" data-testid="dismiss-running">
        <p>{sayRunning(told)}</p>
        <div className="bar" aria-hidden>
          <i style={{ width: `${whole > 0 ? Math.round((100 * through) / whole) : 0}%` }} />
        </div>
        <p className="hint">{t("runningText")}</p>
      </div>
    );
  }
  const left = told.pieces.filter((piece) => piece.left > 0);
  return (
    <div className="stack" role="status" data-testid="dismiss-outcome">
      {told.reason ? (
        <p className="amber">{told.reason}</p>
      ) : (
        <p className="row">
          <Icon name="check" />
          {t("doneText", { given })} {left.length === 0 && t("doneNothing")}
        </p>
      )}
      {left.map((piece) => (
        <div key={piece.code} className="dis-left">
          <b>{piece.title}</b>
          <p className="t2 f13">{t("leftTitle", { count: piece.left })}</p>
          <ul className="dis-does">
            {piece.reasons.map((reason) => (
              <li key={reason.text}>{t("reason", { text: reason.text, count: reason.count })}</li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}
