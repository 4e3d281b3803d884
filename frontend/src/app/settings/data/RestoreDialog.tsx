import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { CompanyCopies, CompanyCopy } from "../../../api/leaving";
import { may, useMe } from "../../../core/session/session";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { dateText, momentText } from "../../../ui/format";
import { say } from "../../../ui/toast";
import { dayOfIso } from "../../paying/banner";
import { useSaving } from "../saving";
import "./data.css";
import "./words";

interface RestoreDialogProps {
  copy: CompanyCopy;
  restoredBy: CompanyCopies["restored_by"];
  onClose: () => void;
}

/** A restore is an operator's deed by the owner's consent: here stands what it does, and what to send to whom. */
export function RestoreDialog({ copy, restoredBy, onClose }: RestoreDialogProps) {
  const { t } = useTranslation("data");
  const { t: ui } = useTranslation("ui");
  const me = useMe();
  const { busy, run } = useSaving();
  const { name, slug } = me.company;
  const isOwn = restoredBy === "administrator";
  const text = isOwn
    ? `manage.py archive_company ${slug} before.zip && manage.py restore_company ${slug} --night ${copy.day}`
    : t("restoreLetter", { name, slug, day: dateText(dayOfIso(copy.day)), who: me.full_name });
  const keep = () =>
    run(async () => {
      await navigator.clipboard.writeText(text);
      say(t("restoreCopied"));
    });
  return (
    <Dialog title={t("copyRestore")} width={520} onClose={onClose}>
      <div className="stack">
        <p className="t2">{t("restoreWhat", { when: momentText(copy.checked_at) })}</p>
        <p className="t2">{t(isOwn ? "restoreAdministrator" : "restoreService")}</p>
        <p className={isOwn ? "notice data-sum" : "notice"} data-testid="restore-text">
          {text}
        </p>
        {!isOwn && may(me, "console.support") && (
          <Link to={"/settings/support" as never} data-testid="restore-support">
            {t("restoreLook")}
          </Link>
        )}
        <div className="row data-end">
          <Button onClick={onClose}>{ui("close")}</Button>
          <Button look="primary" busy={busy} onClick={() => void keep()} data-testid="restore-copy">
            {t("restoreCopy")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
