import { Link, useSearch } from "@tanstack/react-router";
import type { FormEvent } from "react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiProblem, sentenceOf } from "../../api/problem";
import { post } from "../../api/request";
import { Button } from "../../ui/button";
import { TextField } from "../../ui/field";
import { Form } from "../../ui/form";
import { SignFrame } from "./SignFrame";
import "./words";

/** Where the link in the letter leads. */
export function Screen() {
  const { t } = useTranslation("sign");
  const { token = "" } = useSearch({ strict: false }) as { token?: string };
  const [password, setPassword] = useState("");
  const [state, setState] = useState<"form" | "done" | "broken">("form");
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      await post("auth/password-reset/confirm/", { token, password }, { anonymous: true });
      setState("done");
    } catch (problem) {
      const own = problem instanceof ApiProblem ? problem.fields.password : undefined;
      const spent =
        problem instanceof ApiProblem && !own && problem.status < 500 && problem.status > 0;
      if (spent) setState("broken");
      else setError(own ?? sentenceOf(problem));
    } finally {
      setBusy(false);
    }
  };

  if (state === "done") {
    return (
      <SignFrame title={t("resetDone")}>
        <p className="t2">{t("resetDoneText")}</p>
        <Link to={"/" as never}>{t("toSignIn")}</Link>
      </SignFrame>
    );
  }
  if (state === "broken") {
    return (
      <SignFrame title={t("resetTitle")}>
        <p className="red" role="alert">
          {t("resetBroken")}
        </p>
        <Link to={"/forgot" as never}>{t("resetAgain")}</Link>
      </SignFrame>
    );
  }
  return (
    <SignFrame title={t("resetTitle")}>
      <Form className="stack" onSubmit={submit}>
        <TextField
          large
          label={t("resetNew")}
          hint={t("resetHint")}
          type="password"
          autoComplete="new-password"
          autoFocus
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          error={error}
          data-testid="reset-password"
        />
        <Button look="primary" size="lg" wide type="submit" busy={busy} data-testid="reset-submit">
          {t("resetSave")}
        </Button>
      </Form>
    </SignFrame>
  );
}
