import { Link, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { NewAddress } from "../../api/account";
import { ApiProblem, sentenceOf } from "../../api/problem";
import { post } from "../../api/request";
import { refreshMe, useAuthState } from "../../core/session/session";
import { Button } from "../../ui/button";
import { TextField } from "../../ui/field";
import { Form } from "../../ui/form";
import { SignFrame } from "./SignFrame";
import "./words";

/** Where the letter to a new address leads; the password is asked where its person is not signed in. */
export function Screen() {
  const { t } = useTranslation("sign");
  const { token = "" } = useSearch({ strict: false }) as { token?: string };
  const inside = useAuthState().data?.signed_in ?? false;
  const [asks, setAsks] = useState(!inside);
  const [password, setPassword] = useState("");
  const [done, setDone] = useState<string>();
  const [broken, setBroken] = useState(false);
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);

  const explain = (problem: unknown) => {
    const own = problem instanceof ApiProblem ? problem.fields.password : undefined;
    if (problem instanceof ApiProblem && problem.code === "link-dead") return setBroken(true);
    // Somebody else works in this browser: whose letter it is proves himself by his password.
    if (own && !asks) return setAsks(true);
    setError(own ?? sentenceOf(problem));
  };
  const submit = async () => {
    setBusy(true);
    setError(undefined);
    try {
      const path = "auth/email-change/confirm/";
      const { email } = await post<NewAddress>(path, { token, password }, { anonymous: true });
      setDone(email);
      await refreshMe();
    } catch (problem) {
      explain(problem);
    } finally {
      setBusy(false);
    }
  };

  if (done) {
    return (
      <SignFrame title={t("newEmailDone")}>
        <p className="t2" data-testid="new-email-done">
          {t("newEmailDoneText", { email: done })}
        </p>
        <Link to={"/" as never}>{t("toWork")}</Link>
      </SignFrame>
    );
  }
  if (broken) {
    return (
      <SignFrame title={t("verifyBroken")}>
        <p className="t2" role="alert">
          {t("newEmailBroken")}
        </p>
        <Link to={"/" as never}>{t("toWork")}</Link>
      </SignFrame>
    );
  }
  return (
    <SignFrame title={t("newEmail")}>
      <Form className="stack" onSubmit={() => void submit()}>
        <p className="t2">{t(asks ? "newEmailAsks" : "newEmailText")}</p>
        {asks && (
          <TextField
            large
            label={t("password")}
            type="password"
            autoComplete="current-password"
            autoFocus
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            error={error}
            data-testid="new-email-password"
          />
        )}
        {!asks && error && (
          <p className="red" role="alert">
            {error}
          </p>
        )}
        <Button
          look="primary"
          size="lg"
          wide
          type="submit"
          busy={busy}
          data-testid="new-email-take"
        >
          {t("newEmailTake")}
        </Button>
      </Form>
    </SignFrame>
  );
}
