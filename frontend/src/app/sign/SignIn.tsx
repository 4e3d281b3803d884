import { Link } from "@tanstack/react-router";
import type { FormEvent } from "react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiProblem, sentenceOf } from "../../api/problem";
import { post } from "../../api/request";
import { enter } from "../../core/session/session";
import { Button } from "../../ui/button";
import { TextField } from "../../ui/field";
import { Form } from "../../ui/form";
import { SignFrame } from "./SignFrame";
import "./words";

interface Failure {
  field: "email" | "password" | "code";
  text: string;
}

/** E-mail and password; the second step appears only when the account asks for it. */
export function SignIn({ note }: { note?: string | undefined }) {
  const { t } = useTranslation("sign");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [step, setStep] = useState<"pair" | "code">("pair");
  const [failure, setFailure] = useState<Failure | null>(null);
  const [closed, setClosed] = useState<string>();
  const [busy, setBusy] = useState(false);

  const explain = (problem: unknown) => {
    const kind = problem instanceof ApiProblem ? problem.code : "";
    const field = step === "code" ? "code" : "password";
    if (kind === "mfa-required") return setStep("code");
    if (kind === "mfa-invalid") return setFailure({ field: "code", text: t("wrongCode") });
    if (kind === "invalid-credentials") {
      setStep("pair");
      return setFailure({ field: "password", text: t("wrongPair") });
    }
    if (kind === "access-closed") return setClosed(sentenceOf(problem));
    if (kind === "locked-out") return setFailure({ field, text: t("locked") });
    setFailure({ field, text: sentenceOf(problem) });
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFailure(null);
    setClosed(undefined);
    try {
      const body = {
        email: email.trim(),
        password,
        ...(step === "code" ? { code: code.trim() } : {}),
      };
      const answer = await post<{ csrf_token: string }>("auth/sign-in/", body, { anonymous: true });
      await enter(answer.csrf_token);
    } catch (problem) {
      explain(problem);
    } finally {
      setBusy(false);
    }
  };
  const errorOf = (field: Failure["field"]) =>
    failure?.field === field ? failure.text : undefined;

  return (
    <SignFrame title={step === "code" ? t("code") : t("title")}>
      <Form className="stack" onSubmit={submit}>
        {note && step === "pair" && <p className="notice tone-amber">{note}</p>}
        {closed && (
          <p className="notice tone-amber" role="alert" data-testid="access-closed">
            {closed}
          </p>
        )}
        {step === "pair" ? (
          <>
            <TextField
              large
              label={t("email")}
              type="email"
              autoComplete="username"
              autoFocus
              required
              value={email}
              onChange={(event) => setEmail(event.target.value)}
              error={errorOf("email")}
              data-testid="signin-email"
            />
            <TextField
              large
              label={t("password")}
              type="password"
              autoComplete="current-password"
              required
              value={password}
              onChange={(event) => setPassword(event.target.value)}
              error={errorOf("password")}
              data-testid="signin-password"
            />
          </>
        ) : (
          <>
            <p className="t2">{t("codeText")}</p>
            <TextField
              large
              label={t("code")}
              autoComplete="one-time-code"
              inputMode="text"
              autoFocus
              required
              value={code}
              onChange={(event) => setCode(event.target.value)}
              error={errorOf("code")}
              data-testid="signin-code"
            />
          </>
        )}
        <Button look="primary" size="lg" wide type="submit" busy={busy} data-testid="signin-submit">
          {t("enter")}
        </Button>
        {step === "pair" ? (
          <Link to={"/forgot" as never} className="f13">
            {t("forgot")}
          </Link>
        ) : (
          <button type="button" className="link f13" onClick={() => setStep("pair")}>
            {t("back")}
          </button>
        )}
      </Form>
    </SignFrame>
  );
}
