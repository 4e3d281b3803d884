import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { LetterForm } from "../LetterForm";
import { SignFrame } from "./SignFrame";
import "./words";

/** The answer is the same whether the e-mail is known or not. */
export function Screen() {
  const { t } = useTranslation("sign");
  const [sent, setSent] = useState(false);
  return (
    <SignFrame title={sent ? t("forgotSent") : t("forgotTitle")}>
      {sent ? (
        <p className="t2" role="status">
          {t("forgotSentText")}
        </p>
      ) : (
        <LetterForm
          path="auth/password-reset/"
          text={t("forgotText")}
          label={t("email")}
          button={t("forgotSend")}
          autoComplete="username"
          testId="forgot"
          onSent={() => setSent(true)}
        />
      )}
      <Link to={"/" as never} className="f13">
        {t("toSignIn")}
      </Link>
    </SignFrame>
  );
}
