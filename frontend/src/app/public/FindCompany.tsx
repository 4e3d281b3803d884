import type { FormEvent } from "react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { sentenceOf } from "../../api/problem";
import { post } from "../../api/request";
import { Button } from "../../ui/button";
import { TextField } from "../../ui/field";
import { PlaceLink, PublicNav } from "./PublicNav";
import "./words";

/** Always the same answer; the list itself goes by mail. */
export function FindCompany() {
  const { t } = useTranslation("public");
  const [email, setEmail] = useState("");
  const [sent, setSent] = useState(false);
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      await post("find-company/", { email: email.trim() }, { anonymous: true });
      setSent(true);
    } catch (problem) {
      setError(sentenceOf(problem));
    } finally {
      setBusy(false);
    }
  };

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
          <form className="stack" onSubmit={submit}>
            <p className="t2">{t("findText")}</p>
            <TextField
              large
              label={t("email")}
              type="email"
              autoComplete="email"
              autoFocus
              required
              value={email}
              onChange={(event) => setEmail(event.target.value)}
              error={error}
              data-testid="find-email"
            />
            <Button look="primary" size="lg" type="submit" busy={busy} data-testid="find-submit">
              {t("findSend")}
            </Button>
          </form>
        )}
        <PlaceLink to="/">{t("toMain")}</PlaceLink>
      </main>
    </div>
  );
}
