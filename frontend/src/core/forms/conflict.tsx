import { useTranslation } from "react-i18next";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { createStore, useStore } from "../../ui/store";
import "./forms.css";
import "./words";

/** Two people changed the same field. Both versions are laid side by side; the reader chooses. */
interface Conflict {
  mine: string;
  theirs: string;
  keepMine: () => void;
}

const conflict = createStore<Conflict | null>(null);

export const askWhichStays = (next: Conflict): void => conflict.set(next);

export function ConflictDialog() {
  const { t } = useTranslation("forms");
  const open = useStore(conflict);
  if (!open) return null;
  const close = () => conflict.set(null);
  const keep = () => {
    close();
    open.keepMine();
  };
  return (
    <Dialog title={t("conflictTitle")} width={640} onClose={close}>
      <p className="t2">{t("conflictText")}</p>
      <div className="conflict" data-testid="conflict">
        <div>
          <span className="f12 t3">{t("mine")}</span>
          <blockquote>{open.mine || t("empty")}</blockquote>
          <Button look="primary" onClick={keep} data-testid="conflict-mine">
            {t("keepMine")}
          </Button>
        </div>
        <div>
          <span className="f12 t3">{t("theirs")}</span>
          <blockquote>{open.theirs || t("empty")}</blockquote>
          <Button onClick={close} data-testid="conflict-theirs">
            {t("takeTheirs")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
