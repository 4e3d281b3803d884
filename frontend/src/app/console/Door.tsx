import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiProblem, sentenceOf } from "../../api/problem";
import { post } from "../../api/request";
import { Button } from "../../ui/button";
import { TextField } from "../../ui/field";
import { Form } from "../../ui/form";
import "../sign/sign.css";
import { lookAgain } from "./session";
import "./console.css";
import "./words";

/** One card in the middle of the page. */
export function DoorFrame({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation("console");
  return (
    <main className="door">
      <div className="door-in">
        <div className="door-co">
          <span className="con-logo" aria-hidden>
            П
          </span>
          <span className="sb el">{t("product")}</span>
        </div>
        <div className="door-card">
          <h1>{title}</h1>
          {children}
        </div>
        <p className="hint door-foot">{t("foot")}</p>
      </div>
    </main>
  );
}

/** Address and password, then a code. */
export function Door() {
  const { t } = useTranslation("console");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [asksCode, setAsksCode] = useState(false);
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);

  const explain = (problem: unknown) => {
    const kind = problem instanceof ApiProblem ? problem.code : "";
    if (kind === "mfa-required") return setAsksCode(true);
    if (kind === "invalid-credentials") {
      setAsksCode(false);
      return setFailure(t("wrongPair"));
    }
    setFailure(sentenceOf(problem));
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFailure(undefined);
    try {
      const more = asksCode ? { code: code.trim() } : {};
      const body = { email: email.trim(), password, ...more };
      await post("auth/sign-in/", body, { anonymous: true });
      await lookAgain();
    } catch (problem) {
      explain(problem);
    } finally {
      setBusy(false);
    }
  };

  return (
    <DoorFrame title={asksCode ? t("code") : t("signIn")}>
      <Form className="stack" onSubmit={submit}>
        {asksCode ? (
          <>
            <p className="t2">{t("codeText")}</p>
            <TextField
              large
              label={t("code")}
              autoComplete="one-time-code"
              autoFocus
              required
              value={code}
              onChange={(event) => setCode(event.target.value)}
              error={failure}
              data-testid="console-code"
            />
          </>
        ) : (
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
              data-testid="console-email"
            />
            <TextField
              large
              label={t("password")}
              type="password"
              autoComplete="current-password"
              required
              value={password}
              onChange={(event) => setPassword(event.target.value)}
              error={failure}
              data-testid="console-password"
            />
          </>
        )}
        <Button look="primary" size="lg" wide type="submit" busy={busy} data-testid="console-enter">
          {t("enter")}
        </Button>
        {asksCode && (
          <button type="button" className="link f13" onClick={() => setAsksCode(false)}>
            {t("back")}
          </button>
        )}
      </Form>
    </DoorFrame>
  );
}
