import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Invitation, Page } from "../../../api/contract";
import { ApiProblem, sentenceOf } from "../../../api/problem";
import { del, get, post } from "../../../api/request";
import { useLive } from "../../../core/realtime/live";
import { cache } from "../../../core/session/cache";
import { Button } from "../../../ui/button";
import { dateText } from "../../../ui/format";
import { Icon } from "../../../ui/icon";
import { complain, say } from "../../../ui/toast";
import { PEOPLE } from "./kind";
import "./words";

const KEY = ["invitations"];
const askAgain = () => void cache.invalidateQueries({ queryKey: KEY });

/** Invitations that nobody has answered yet. */
export function Pending() {
  const { t } = useTranslation("staff");
  const { data } = useQuery({
    queryKey: KEY,
    queryFn: async () => (await get<Page<Invitation>>("invitations/")).results,
  });
  // Whoever has accepted is a new row of people.
  useLive(`list:${PEOPLE.code}`, askAgain);
  const waiting = data ?? [];
  if (waiting.length === 0) return null;

  const revoke = async (invitation: Invitation) => {
    try {
      await del(`invitations/${invitation.id}/`);
      say(t("revoked"));
    } catch (error) {
      complain(sentenceOf(error));
    }
    await cache.invalidateQueries({ queryKey: KEY });
  };

  const again = async ({ email, role, department }: Invitation) => {
    try {
      const how = { role: role?.code, department: department?.id ?? null };
      await post("invitations/", { emails: [email], ...how });
      say(t("sentAgain", { email }), { icon: "mail" });
    } catch (error) {
      const fields = error instanceof ApiProblem ? Object.values(error.fields) : [];
      complain(fields[0] ?? sentenceOf(error));
    }
    await cache.invalidateQueries({ queryKey: KEY });
  };

  return (
    <div className="set-sec" style={{ maxWidth: "none" }}>
      <h3>{t("pending")}</h3>
      <div className="pane over">
        {waiting.map((invitation) => (
          <div key={invitation.id} className="tree-row wraps">
            <Icon name={invitation.email ? "mail" : "link"} className="t3" />
            <span className="el grow">{invitation.email ?? t("pendingLink")}</span>
            <span className="t3 num f12">
              {invitation.is_expired
                ? t("pendingExpired")
                : t("pendingUntil", { date: dateText(invitation.expires_at) })}
            </span>
            {invitation.email && invitation.role && (
              <Button
                size="sm"
                look="quiet"
                onClick={() => void again(invitation)}
                data-testid="invite-again"
              >
                {t("sendAgain")}
              </Button>
            )}
            <Button size="sm" look="quiet" onClick={() => void revoke(invitation)}>
              {t("revoke")}
            </Button>
          </div>
        ))}
      </div>
    </div>
  );
}
