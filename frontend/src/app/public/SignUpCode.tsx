import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiProblem, sentenceOf } from "../../api/problem";
import type { Founded } from "../../api/public";
import { post } from "../../api/request";
import { submitTicket } from "../../api/ticket";
import { Button } from "../../ui/button";
import { Form } from "../../ui/form";
import { say } from "../../ui/toast";
import { Making } from "./Making";
import type { Started } from "./SignUpForm";
import { SlugField } from "./SlugField";
import { useSlug } from "./slug";
import "./words";

const DIGITS = 6;
const RESEND_PAUSE_S = 30;

/** Seconds until a new letter may be asked for. */
function useCountdown() {
  const [until, setUntil] = useState(() => Date.now() + RESEND_PAUSE_S * 1000);
  const [now, setNow] = useState(Date.now);
  // Told by the clock, not by counted ticks: a browser slows the timers of a page that is not looked at.
  useEffect(() => {
    const timer = window.setInterval(() => {
      setNow(Date.now());
      if (Date.now() >= until) window.clearInterval(timer);
    }, 1000);
    return () => window.clearInterval(timer);
  }, [until]);
  const wait = (seconds: number) => {
    setNow(Date.now());
    setUntil(Date.now() + seconds * 1000);
  };
  return { left: Math.max(0, Math.ceil((until - now) / 1000)), wait };
}

/** Six digits from the letter; then the company is made and its address opens. */
export function SignUpCode({ started, onBack }: { started: Started; onBack: () => void }) {
  const { t } = useTranslation("public");
  const { t: ui } = useTranslation("ui");
  const [code, setCode] = useState("");
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [host, setHost] = useState<string | null>(null);
  const [slugGone, setSlugGone] = useState(false);
  const { left, wait } = useCountdown();
  const slug = useSlug("");

  const confirm = async (digits: string) => {
    setBusy(true);
    setError(undefined);
    try {
      const body = {
        email: started.email,
        code: digits,
        sign_up: started.signUp,
        ...(slug.slug ? { slug: slug.slug } : {}),
      };
      const made = await post<Founded>("signup/confirm/", body, { anonymous: true });
      setHost(made.host);
      submitTicket(made.url, made.ticket);
    } catch (problem) {
      setBusy(false);
      explain(problem);
    }
  };
  const explain = (problem: unknown) => {
    const kind = problem instanceof ApiProblem ? problem.code : "";
    if (kind === "slug-taken") return setSlugGone(true);
    setCode("");
    if (kind === "wrong-code") return setError(t("codeWrong"));
    if (kind === "code-dead") {
      // Nothing but a new letter helps now.
      wait(0);
      return setError(t("codeExpired"));
    }
    setError(sentenceOf(problem));
  };
  const write = (text: string) => {
    const digits = text.replace(/\D/g, "").slice(0, DIGITS);
    setCode(digits);
    setError(undefined);
    if (digits.length === DIGITS && !slugGone) void confirm(digits);
  };
  const resend = async () => {
    wait(RESEND_PAUSE_S);
    const again = { email: started.email, sign_up: started.signUp };
    try {
      await post("signup/resend/", again, { anonymous: true });
      say(t("codeResent"), { icon: "mail" });
      setError(undefined);
    } catch (problem) {
      setError(sentenceOf(problem));
    }
  };

  if (busy || host) return <Making host={host} />;
  const minutes = ui("minutes", { count: Math.round(started.expiresIn / 60) });
  return (
    <Form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void confirm(code);
      }}
    >
      <div>
        <h2 className="form-t">{t("codeTitle")}</h2>
        <p className="t2 f13">{t("codeText", { email: started.email, minutes })}</p>
      </div>
      <div>
        <input
          className="code-inp"
          inputMode="numeric"
          autoComplete="one-time-code"
          aria-label={t("codeLabel")}
          aria-invalid={Boolean(error)}
          placeholder="······"
          // biome-ignore lint/a11y/noAutofocus: the only field of this step.
          autoFocus
          value={code}
          onChange={(event) => write(event.target.value)}
          data-testid="signup-code"
        />
        {error && (
          <p className="fld-msg err" role="alert">
            {error}
          </p>
        )}
      </div>
      {slugGone && (
        <SlugField
          slug={slug.slug}
          free={slug.free}
          note={slug.note}
          error={slug.slug ? undefined : t("slugGone")}
          onWrite={slug.write}
        />
      )}
      <Button
        look="primary"
        size="lg"
        wide
        type="submit"
        disabled={code.length < DIGITS}
        data-testid="signup-confirm"
      >
        {t("codeCheck")}
      </Button>
      <div className="row between f13">
        <button type="button" className="link" onClick={onBack}>
          {t("codeBack")}
        </button>
        <button type="button" className="link" disabled={left > 0} onClick={() => void resend()}>
          {left > 0 ? t("codeResendIn", { seconds: left }) : t("codeResend")}
        </button>
      </div>
    </Form>
  );
}
