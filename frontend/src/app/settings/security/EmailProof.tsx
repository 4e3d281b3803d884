import { useTranslation } from "react-i18next";
import { post } from "../../../api/request";
import { useMe } from "../../../core/session/session";
import { Button } from "../../../ui/button";
import { Icon } from "../../../ui/icon";
import { say } from "../../../ui/toast";
import { useSaving } from "../saving";
import "./words";

/** An address nobody has proved yet; gone once the letter's link has been followed. */
export function EmailProof() {
  const { t } = useTranslation("security");
  const { email, email_verified } = useMe();
  const { busy, run } = useSaving();
  if (email_verified !== false) return null;
  const send = () =>
    run(async () => {
      await post("auth/email-proof/");
      say(t("proofSent", { email }), { icon: "mail" });
    });
  return (
    <div className="notice tone-amber" style={{ marginBottom: 16 }}>
      <Icon name="mail" />
      <span className="grow">{t("proofText", { email })}</span>
      <Button size="sm" busy={busy} onClick={() => void send()}>
        {t("proofSend")}
      </Button>
    </div>
  );
}
