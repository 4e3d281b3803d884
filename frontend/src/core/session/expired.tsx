import { useQuery } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Me } from "../../api/contract";
import { ApiProblem, sentenceOf } from "../../api/problem";
import { get, listenToRequests, post, setCsrf } from "../../api/request";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { TextField } from "../../ui/field";
import { Form } from "../../ui/form";
import { createStore, useStore } from "../../ui/store";
import { cache } from "./cache";
import "./words";

/**
 * The session ended under somebody's hands. Nothing on the page is unmounted: a dialog
 * asks for the password, and every waiting request goes again with its own key.
 */
interface Pause {
  promise: Promise<void>;
  resume: () => void;
}

const paused = createStore<Pause | null>(null);

function pause(): Promise<void> {
  const present = paused.get();
  if (present) return present.promise;
  const { promise, resolve } = Promise.withResolvers<void>();
  paused.set({ promise, resume: resolve });
  return promise;
}

/** From now on 401 means «ask here», not «go away». */
export function keepWorkOnSignOut(): void {
  listenToRequests({ signedOut: pause });
}

/** The socket noticed first. */
export const askToSignIn = (): Promise<void> => pause();

export function SessionExpired({ email }: { email: string }) {
  const state = useStore(paused);
  return state ? <Ended email={email} onDone={state.resume} /> : null;
}

/** Why the session is over: whoever was let go is asked for no password. The server tells it to his browser alone. */
async function whyClosed(): Promise<string | null> {
  try {
    await get("me/", { anonymous: true });
    return null;
  } catch (problem) {
    const closed = problem instanceof ApiProblem && problem.code === "access-closed";
    return closed ? sentenceOf(problem) : null;
  }
}

function Ended({ email, onDone }: { email: string; onDone: () => void }) {
  const { t } = useTranslation("session");
  const why = useQuery({
    queryKey: ["session", "why"],
    gcTime: 0,
    retry: false,
    queryFn: whyClosed,
  });
  if (!why.data) return <ExpiredDialog email={email} onDone={onDone} />;
  return (
    <Dialog title={t("closedTitle")} width={420} veils>
      <div className="stack">
        <p className="t2" data-testid="access-closed">
          {why.data}
        </p>
        <div className="row">
          <Button onClick={() => window.location.assign("/")}>{t("other")}</Button>
        </div>
      </div>
    </Dialog>
  );
}

function ExpiredDialog({ email, onDone }: { email: string; onDone: () => void }) {
  const { t } = useTranslation("session");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [needsCode, setNeedsCode] = useState(false);
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      const body = needsCode ? { email, password, code } : { email, password };
      const answer = await post<{ csrf_token: string }>("auth/sign-in/", body, { anonymous: true });
      setCsrf(answer.csrf_token);
      cache.setQueryData<Me>(["me"], (me) => me && { ...me, csrf_token: answer.csrf_token });
      paused.set(null);
      onDone();
    } catch (problem) {
      const asks = problem instanceof ApiProblem && problem.code === "mfa-required";
      setNeedsCode((was) => was || asks);
      if (!asks) setError(sentenceOf(problem));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog title={t("expiredTitle")} width={420} veils>
      <Form className="stack" onSubmit={submit}>
        <p className="t2">{t("expiredText")}</p>
        <input
          type="email"
          className="vh"
          aria-label={t("account")}
          value={email}
          readOnly
          autoComplete="username"
          tabIndex={-1}
        />
        <TextField
          label={t("password")}
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          error={needsCode ? undefined : error}
          data-autofocus
          data-testid="expired-password"
          required
        />
        {needsCode && (
          <TextField
            label={t("code")}
            hint={t("codeHint")}
            autoComplete="one-time-code"
            value={code}
            onChange={(event) => setCode(event.target.value)}
            error={error}
            required
          />
        )}
        <div className="row">
          <Button look="primary" type="submit" busy={busy} data-testid="expired-submit">
            {t("enter")}
          </Button>
          <Button look="quiet" onClick={() => window.location.assign("/")}>
            {t("other")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
