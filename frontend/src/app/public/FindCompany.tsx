import { useState } from "react";
import { useTranslation } from "react-i18next";
import { LetterForm } from "../LetterForm";
import { PlaceLink, PublicNav } from "./PublicNav";
import "./words";

/** Always the same answer; the list itself goes by mail. */
export function FindCompany() {
  const { t } = useTranslation("public");
  const [sent, setSent] = useState(false);
  return (
    <div className="pub">
      <PublicNav />
      <main className="pub-one">
        <h1>{sent ? t("findSent") : t("findTitle")}</h1>
        {sent ? (
          <p className="t2" role="status">
            {t("findSentText")}
          </p>
        ) : (
          <LetterForm
            path="find-company/"
            text={t("findText")}
            label={t("email")}
            button={t("findSend")}
            autoComplete="email"
            testId="find"
            onSent={() => setSent(true)}
          />
        )}
        <PlaceLink to="/">{t("toMain")}</PlaceLink>
      </main>
    </div>
  );
}
