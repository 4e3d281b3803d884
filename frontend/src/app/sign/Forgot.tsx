import { Link } from "@tanstack/react-router";
import type { FormEvent } from "react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { sentenceOf } from "../../api/problem";
import { post } from "../../api/request";
import { Button } from "../../ui/button";
import { TextField } from "../../ui/field";
import { SignFrame } from "./SignFrame";
import "./words";

/** The answer is the same whether the e-mail is known or not. */
export function Screen() {
  const { t } = useTranslation("sign");
  const [email, setEmail] = useState("");
  const [sent, setSent] = useState(false);
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      await post("auth/password-reset/", { email: email.trim() }, { anonymous: true });
      setSent(true);
    } catch (problem) {
      setError(sentenceOf(problem));
    } finally {
      setBusy(false);
    }
  };

  return (
    <SignFrame title={sent ? t("forgotSent") : t("forgotTitle")}>
      {sent ? (
        <p className="t2" role="status">
          {t("forgotSentText")}
        </p>
      ) : (
        <form className="stack" onSubmit={submit}>
          <p className="t2">{t("forgotText")}</p>
          <TextField
            large
            label={t("email")}
            type="email"
            autoComplete="username"
            autoFocus
            required
            value={email}
            onChange={(event) => setEmail(event.target.value)}
            error={error}
            data-testid="forgot-email"
          />
          <Button
            look="primary"
            size="lg"
            wide
            type="submit"
            busy={busy}
            data-testid="forgot-submit"
          >
            {t("forgotSend")}
          </Button>
        </form>
      )}
      <Link to={"/" as never} className="f13">
        {t("toSignIn")}
      </Link>
    </SignFrame>
  );
}
