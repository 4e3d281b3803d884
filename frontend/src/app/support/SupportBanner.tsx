import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import { post } from "../../api/request";
import "../../core/session/banner.css";
import { useRoom } from "../../core/session/room";
import { refreshMe, useMe } from "../../core/session/session";
import { momentText } from "../../ui/format";
import { Icon } from "../../ui/icon";
import { say } from "../../ui/toast";
import { useSaving } from "../settings/saving";
import "./support.css";
import "./words";

/** The service's people are reminded on every page that they are guests here. */
export function SupportBanner() {
  const { t } = useTranslation("support");
  const me = useMe();
  const { busy, run } = useSaving();
  const line = useRoom<HTMLElement>(me.support !== null);
  if (!me.support) return null;
  const { reads_only: reads, until } = me.support;
  const begin = () =>
    run(async () => {
      await post("support/changes/");
      await refreshMe();
      say(t("begun"));
    });
  const leave = () =>
    run(async () => {
      await post("support/leave/");
      window.location.assign("/");
    });
  return createPortal(
    <section
      ref={line}
      className={`banner sup-banner tone-${reads ? "violet" : "red"}`}
      aria-label={t("banner")}
      data-testid="support-banner"
    >
      <Icon name="eye" />
      <span className="told-text">
        {t(reads ? "bannerReads" : "bannerChanges", {
          name: me.full_name,
          until: momentText(until),
        })}
      </span>
      {reads && (
        <button
          type="button"
          className="link"
          disabled={busy}
          onClick={() => void begin()}
          data-testid="support-begin"
        >
          {t("begin")}
        </button>
      )}
      <button
        type="button"
        className="link"
        disabled={busy}
        onClick={() => void leave()}
        data-testid="support-leave"
      >
        {t("leave")}
      </button>
    </section>,
    document.body,
  );
}
