import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { sentenceOf } from "../../../api/problem";
import type { Route } from "../../../api/routes";
import { Button, IconButton } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { Menu } from "../../../ui/menu";
import { complain, say } from "../../../ui/toast";
import { archiveRoute } from "./settings";
import "./words";

/** A route is put away with a question: nothing brings it back. */
export function RouteMenu({ route }: { route: Route }) {
  const { t } = useTranslation("routeset");
  const { t: ui } = useTranslation("ui");
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const archive = async () => {
    setBusy(true);
    try {
      await archiveRoute(route.id);
      say(t("archived", { title: route.title }));
      await navigate({ to: "/settings/routes" } as never);
    } catch (error) {
      complain(sentenceOf(error));
      setBusy(false);
    }
  };
  return (
    <>
      <Menu
        label={t("more")}
        alignEnd
        items={[
          {
            key: "archive",
            title: t("archive"),
            icon: "trash-2",
            danger: true,
            run: () => setAsking(true),
          },
        ]}
        trigger={(open) => <IconButton icon="ellipsis" label={t("more")} {...open} />}
      />
      {asking && (
        <Dialog
          title={t("archiveAsk", { title: route.title })}
          width={420}
          onClose={() => setAsking(false)}
        >
          <div className="stack">
            <p>{t("archiveText")}</p>
            <div className="row">
              <Button look="danger" busy={busy} onClick={() => void archive()} data-autofocus>
                {t("archive")}
              </Button>
              <Button look="quiet" onClick={() => setAsking(false)}>
                {ui("cancel")}
              </Button>
            </div>
          </div>
        </Dialog>
      )}
    </>
  );
}
