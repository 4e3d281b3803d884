import { useTranslation } from "react-i18next";
import { post } from "../../../api/request";
import { cache } from "../../../core/session/cache";
import { Button } from "../../../ui/button";
import { nearText } from "../../../ui/format";
import { Icon } from "../../../ui/icon";
import { Tag } from "../../../ui/marks";
import { say } from "../../../ui/toast";
import { useSaving } from "../saving";
import { deviceOf, endSession, SESSIONS, useSessions } from "./sessions";
import "./words";

/** Browsers in which I am signed in. */
export function Sessions() {
  const { t } = useTranslation("security");
  const browsers = (useSessions().data ?? []).filter((session) => session.kind === "browser");
  const { busy, run } = useSaving();
  const endOthers = () =>
    run(async () => {
      await post("auth/sessions/revoke-others/");
      await cache.invalidateQueries({ queryKey: SESSIONS });
      say(t("sessionsDone"));
    });
  return (
    <section className="set-sec">
      <div className="set-h" style={{ marginBottom: 8 }}>
        <h3 style={{ margin: 0 }}>{t("sessions")}</h3>
        <span className="grow" />
        {browsers.length > 1 && (
          <Button
            size="sm"
            busy={busy}
            icon="log-out"
            onClick={() => void endOthers()}
            data-testid="sessions-revoke"
          >
            {t("sessionsOut")}
          </Button>
        )}
      </div>
      <div className="pane over">
        {browsers.map((session) => (
          <div key={session.id} className="tree-row wraps" data-testid="session-row">
            <Icon
              name={/Mobile|iPhone|Android/.test(session.user_agent) ? "smartphone" : "monitor"}
              className="t3"
            />
            <span className="b">
              {deviceOf(session.user_agent) || session.name || t("unknown")}
            </span>
            <span className="t3 num">{session.ip}</span>
            {session.current && <Tag tone="green">{t("here")}</Tag>}
            <span className="grow" />
            <span className="t3 f12 num">
              {t("lastSeen", { when: nearText(session.last_seen_at ?? session.created_at) })}
            </span>
            {!session.current && (
              <Button size="sm" look="quiet" onClick={() => void endSession(session)}>
                {t("end")}
              </Button>
            )}
          </div>
        ))}
      </div>
    </section>
  );
}
