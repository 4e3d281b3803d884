import { useTranslation } from "react-i18next";
import { useMe } from "../../core/session/session";
import { PersonSection } from "./data/PersonSection";
import { ProcessingSection } from "./data/ProcessingSection";
import { EmailProof } from "./security/EmailProof";
import { EmailSection } from "./security/EmailSection";
import { PasswordSection } from "./security/PasswordSection";
import { Sessions } from "./security/Sessions";
import { TokenSection } from "./security/TokenSection";
import { TotpSection } from "./security/TotpSection";
import "./settings.css";
import "./security/words";

/** My own account: how I come in, where I am in, what programs may come in for me. */
export function Screen() {
  const { t } = useTranslation("security");
  const me = useMe();
  return (
    <>
      <div className="set-h">
        <h2>{t("title")}</h2>
      </div>
      <EmailProof />
      <EmailSection />
      <Sessions />
      <TotpSection />
      <PasswordSection />
      <TokenSection />
      {me.id !== null && <PersonSection employeeId={me.id} own />}
      <ProcessingSection />
    </>
  );
}
