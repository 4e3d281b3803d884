import { Link } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { sentenceOf } from "../../api/problem";
import { IconButton } from "../../ui/button";
import { Popover } from "../../ui/popover";
import { Failed, Waiting } from "../../ui/state";
import { NoticeLine } from "./NoticeLine";
import { readAll, unreadText, useNotices, useUnread } from "./notices";
import { PushOffer } from "./PushOffer";
import "./notices.css";
import "./words";

/** The figure is always there; the list is asked for when it is opened. */
export function Bell() {
  const { t } = useTranslation("notices");
  const unread = useUnread();
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLSpanElement>(null);
  const label = unread > 0 ? t("unread", { count: unread }) : t("title");
  return (
    <span ref={anchor} className="bell">
      <IconButton
        icon="bell"
        label={label}
        on={open}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        data-testid="bell"
      />
      {unread > 0 && (
        <span className="bell-n num" aria-hidden data-testid="bell-unread">
          {unreadText(unread)}
        </span>
      )}
      {open && (
        <Popover
          anchor={anchor.current}
          label={t("title")}
          width={420}
          alignEnd
          onClose={() => setOpen(false)}
        >
          <BellList unread={unread} onClose={() => setOpen(false)} />
        </Popover>
      )}
    </span>
  );
}

function BellList({ unread, onClose }: { unread: number; onClose: () => void }) {
  const { t } = useTranslation("notices");
  const query = useNotices(false);
  const notices = query.data?.pages[0]?.results ?? [];
  return (
    <div className="bell-list">
      <header className="row">
        <strong className="grow">{t("title")}</strong>
        {unread > 0 && (
          <button
            type="button"
            className="link f13"
            onClick={() => void readAll()}
            data-testid="read-all"
          >
            {t("readAll")}
          </button>
        )}
      </header>
      {query.isPending && <Waiting rows={3} />}
      {query.isError && !query.data && (
        <Failed text={sentenceOf(query.error)} onRetry={() => void query.refetch()} />
      )}
      {query.data && notices.length === 0 && <p className="hint bell-empty">{t("emptyText")}</p>}
      <ul className="notice-list">
        {notices.map((notice) => (
          <NoticeLine key={notice.id} notice={notice} onOpen={onClose} />
        ))}
      </ul>
      <PushOffer onOpen={onClose} />
      <footer className="row">
        <Link to={"/notices" as never} className="link f13 grow" onClick={onClose}>
          {t("all")}
        </Link>
        <Link to={"/settings/notifications" as never} className="link f13" onClick={onClose}>
          {t("settings")}
        </Link>
      </footer>
    </div>
  );
}
