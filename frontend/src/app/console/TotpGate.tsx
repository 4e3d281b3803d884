import { useState } from "react";
import { useTranslation } from "react-i18next";
import { post } from "../../api/request";
import { Button } from "../../ui/button";
import { useSaving } from "../settings/saving";
import { Codes, Confirm, type Setup } from "../settings/security/TotpSection";
import "../settings/settings.css";
import { DoorFrame } from "./Door";
import { leave, lookAgain } from "./session";
import "./words";

/** Whoever has no second step yet sets it up, and can do nothing else. */
export function TotpGate() {
  const { t } = useTranslation("console");
  const [setup, setSetup] = useState<Setup | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const { busy, run } = useSaving();
  const begin = () => run(async () => setSetup(await post<Setup>("auth/totp/setup/")));
  return (
    <DoorFrame title={t("totpNeeded")}>
      {codes ? (
        <Codes codes={codes} onKept={() => void lookAgain()} />
      ) : setup ? (
        <Confirm setup={setup} onDone={async (fresh) => setCodes(fresh)} />
      ) : (
        <div className="stack">
          <p className="t2">{t("totpNeededText")}</p>
          <Button
            look="primary"
            size="lg"
            wide
            busy={busy}
            onClick={() => void begin()}
            data-testid="console-totp"
          >
            {t("totpBegin")}
          </Button>
          <button type="button" className="link f13" onClick={() => void leave()}>
            {t("signOut")}
          </button>
        </div>
      )}
    </DoorFrame>
  );
}
