import { useTranslation } from "react-i18next";
import type { Route } from "../../../api/routes";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import type { Editor } from "./editing";
import { difference, type Stage, schemeOf } from "./scheme";
import "./words";

interface PublishDialogProps {
  route: Route;
  editor: Editor;
  onClose: () => void;
}

const titles = (stages: Stage[]): string => stages.map((one) => `«${one.title}»`).join(", ");

/** What a publication changes, and how many cards it leaves as they are. */
export function PublishDialog({ route, editor, onClose }: PublishDialogProps) {
  const { t } = useTranslation("routeset");
  const { t: ui } = useTranslation("ui");
  const isFirst = route.in_force === null;
  const told = difference(schemeOf(route.scheme), editor.scheme);
  const go = async () => {
    await editor.publish();
    onClose();
  };
  return (
    <Dialog
      title={t("publishTitle", { number: (route.in_force ?? 0) + 1 })}
      width={460}
      onClose={onClose}
    >
      <div className="stack">
        <p>
          {t(isFirst ? "publishFirst" : "publishText")}{" "}
          {route.going > 0 && t("publishGoing", { count: route.going })}
        </p>
        {!isFirst && (
          <ul className="f13">
            {told.added.length > 0 && <li>{t("diffAdded", { titles: titles(told.added) })}</li>}
            {told.changed.length > 0 && (
              <li>{t("diffChanged", { titles: titles(told.changed) })}</li>
            )}
            {told.removed.length > 0 && (
              <li>{t("diffRemoved", { titles: titles(told.removed) })}</li>
            )}
            {told.isSame && <li>{t("diffSame")}</li>}
          </ul>
        )}
        <div className="row">
          <Button
            look="primary"
            busy={editor.busy}
            onClick={() => void go()}
            data-autofocus
            data-testid="route-publish-now"
          >
            {t("publish")}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {ui("cancel")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
