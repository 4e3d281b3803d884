import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Chat, ChatLink } from "../../../api/contract";
import { sentenceOf } from "../../../api/problem";
import { del, post } from "../../../api/request";
import { Button } from "../../../ui/button";
import { Status, Tag } from "../../../ui/marks";
import { complain, say } from "../../../ui/toast";
import { Qr } from "../security/Qr";
import { refreshWishes } from "./wishes";
import "./words";

const LOOK_MS = 2000;

/** Telegram of mine: a code to scan, «подключено», one press to let it go. */
export function ChatSection({ chat }: { chat: Chat }) {
  const { t } = useTranslation("noticeSettings");
  const [link, setLink] = useState<ChatLink | null>(null);
  const [busy, setBusy] = useState(false);
  const waits = link !== null && !chat.is_linked;
  useEffect(() => {
    if (!waits) return;
    // The socket tells of it, too; a telephone in hand is worth a second look.
    const timer = window.setInterval(() => void refreshWishes(), LOOK_MS);
    return () => window.clearInterval(timer);
  }, [waits]);

  const act = async (deed: () => Promise<unknown>) => {
    setBusy(true);
    try {
      await deed();
    } catch (error) {
      complain(sentenceOf(error));
    }
    setBusy(false);
  };
  const connect = () => act(async () => setLink(await post<ChatLink>("notices/chat/")));
  const unlink = () =>
    act(async () => {
      setLink(null);
      await del("notices/chat/");
      say(t("chatUnlinked"));
      await refreshWishes();
    });

  return (
    <section className="set-sec" data-testid="chat" data-linked={chat.is_linked}>
      <h3 className="row">
        {t("telegram")} {chat.is_demo && <Tag tone="amber">{t("demo")}</Tag>}
      </h3>
      {!chat.is_available && <p className="t2">{t("chatOff")}</p>}
      {chat.error && <p className="notice tone-amber">{chat.error}</p>}
      {chat.is_available && chat.is_linked && (
        <div className="wishes-row">
          <Status tone="green">{t("chatLinked")}</Status>
          <span>{chat.name}</span>
          <Button size="sm" busy={busy} onClick={() => void unlink()} data-testid="chat-unlink">
            {t("chatUnlink")}
          </Button>
        </div>
      )}
      {chat.is_available && !chat.is_linked && !link && (
        <div className="wishes-row">
          <span className="t2">{t("chatText")}</span>
          <Button
            look="primary"
            icon="send"
            busy={busy}
            onClick={() => void connect()}
            data-testid="chat-connect"
          >
            {t("chatConnect")}
          </Button>
        </div>
      )}
      {waits && link && (
        <div className="chat-qr">
          <Qr svg={link.qr_svg} label={t("chatOpen")} />
          <div className="stack">
            <p className="t2">{t("chatScan")}</p>
            <a
              className="btn primary"
              href={link.url}
              target="_blank"
              rel="noreferrer"
              data-testid="chat-link"
            >
              {t("chatOpen")}
            </a>
          </div>
        </div>
      )}
    </section>
  );
}
