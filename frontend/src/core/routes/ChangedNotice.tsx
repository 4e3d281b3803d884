import { useTranslation } from "react-i18next";
import type { Verdict } from "../../api/routes";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { Differences } from "./Differences";
import type { Changed } from "./deciding";
import "./routes.css";
import "./words";

interface ChangedNoticeProps {
  changed: Changed;
  verdict: Verdict;
  busy: boolean;
  onAgain: () => void;
  onRethink: () => void;
}

/** The card was edited while somebody looked at it: what has changed, and the same question once more. */
export function ChangedNotice({ changed, verdict, busy, onAgain, onRethink }: ChangedNoticeProps) {
  const { t } = useTranslation("routes");
  const plain = changed.fields.filter((one) => one.old === undefined && one.new === undefined);
  const whole = changed.fields.filter((one) => !plain.includes(one));
  return (
    <div className="notice tone-amber route-changed" role="alert" data-testid="route-changed">
      <Icon name="circle-alert" />
      <div className="grow">
        <p className="sb">{t("changed")}</p>
        <p>
          {plain.length > 0 &&
            `${t("changedFields", { fields: plain.map((one) => one.title).join(", ") })} `}
          {t("changedPlain")}
        </p>
        {whole.length > 0 && <Differences fields={whole} />}
        <div className="row route-verdicts">
          <Button busy={busy} onClick={onAgain} data-testid="route-again">
            {t("again", { verdict: t(verdict).toLowerCase() })}
          </Button>
          <Button look="quiet" onClick={onRethink} data-testid="route-rethink">
            {t("rethink")}
          </Button>
        </div>
      </div>
    </div>
  );
}
