import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { FormEvent } from "react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiProblem, sentenceOf } from "../../api/problem";
import { get, post } from "../../api/request";
import { enter, leave, useVisitor } from "../../core/session/session";
import { Button } from "../../ui/button";
import { TextField } from "../../ui/field";
import { Form } from "../../ui/form";
import { Failed, Waiting } from "../../ui/state";
import { complain } from "../../ui/toast";
import { SignFrame } from "./SignFrame";
import "./words";

interface InvitationInfo {
  company: string | { name: string };
  email: string | null;
  full_name: string | null;
}

/** A colleague came by an invitation: a name, a password, and to work. */
export function Screen() {
  const { t } = useTranslation("sign");
  const { token = "" } = useSearch({ strict: false }) as { token?: string };
  const invitation = useQuery({
    queryKey: ["invitation", token],
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => get<InvitationInfo>("auth/invitation/", { query: { token }, anonymous: true }),
  });
  const visitor = useVisitor();
  // Whoever has just joined is no colleague in his own way.
  const [free, setFree] = useState(false);
  if (visitor === null && !free) setFree(true);
  if (invitation.isPending || (visitor === undefined && !free)) return <Waiting rows={3} />;
  if (invitation.data) {
    if (!free) return <Occupied name={visitor ?? ""} company={nameOf(invitation.data)} />;
    return <Join token={token} info={invitation.data} />;
  }
  const problem = invitation.error;
  if (problem instanceof ApiProblem && problem.status > 0 && problem.status < 500) {
    return (
      <SignFrame title={t("inviteBroken")}>
        <p className="t2">{t("inviteBrokenText")}</p>
      </SignFrame>
    );
  }
  return <Failed text={sentenceOf(problem)} onRetry={() => void invitation.refetch()} />;
}

const nameOf = (info: InvitationInfo) =>
  typeof info.company === "string" ? info.company : info.company.name;

/** A colleague works in this browser: whoever joins would take his place, so it is asked for. */
function Occupied({ name, company }: { name: string; company: string }) {
  const { t } = useTranslation("sign");
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);

  const swap = async () => {
    setBusy(true);
    try {
      await leave(window.location.pathname + window.location.search);
    } catch (problem) {
      complain(sentenceOf(problem));
      setBusy(false);
    }
  };

  return (
    <SignFrame title={t("inviteTitle", { company })}>
      <div className="stack">
        <p data-testid="invite-occupied">
          {name ? t("inviteOccupied", { name }) : t("inviteOccupiedUnnamed")}
        </p>
        <p className="t2">{t("inviteOccupiedText")}</p>
        <Button
          look="primary"
          size="lg"
          wide
          busy={busy}
          onClick={() => void swap()}
          data-testid="invite-swap"
        >
          {t("inviteSwap")}
        </Button>
        <Button
          size="lg"
          wide
          onClick={() => void navigate({ to: "/", replace: true } as never)}
          data-testid="invite-stay"
        >
          {t("inviteStay")}
        </Button>
      </div>
    </SignFrame>
  );
}

function Join({ token, info }: { token: string; info: InvitationInfo }) {
  const { t } = useTranslation("sign");
  const navigate = useNavigate();
  const [name, setName] = useState(info.full_name ?? "");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setErrors({});
    try {
      const body = {
        token,
        full_name: name.trim(),
        password,
        ...(info.email ? {} : { email: email.trim() }),
      };
      const path = "auth/invitation/accept/";
      const answer = await post<{ csrf_token: string }>(path, body, { anonymous: true });
      await enter(answer.csrf_token);
      await navigate({ to: "/", replace: true } as never);
    } catch (problem) {
      const fields = problem instanceof ApiProblem ? problem.fields : {};
      setErrors(Object.keys(fields).length > 0 ? fields : { password: sentenceOf(problem) });
    } finally {
      setBusy(false);
    }
  };

  return (
    <SignFrame title={t("inviteTitle", { company: nameOf(info) })}>
      <Form className="stack" onSubmit={submit}>
        <p className="t2">{t("inviteText")}</p>
        <TextField
          large
          label={t("email")}
          type="email"
          autoComplete="username"
          required
          readOnly={info.email !== null}
          value={info.email ?? email}
          onChange={(event) => setEmail(event.target.value)}
          error={errors.email}
          data-testid="invite-email"
        />
        <TextField
          large
          label={t("inviteName")}
          placeholder={t("inviteNameExample")}
          autoComplete="name"
          autoFocus
          required
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={errors.full_name}
          data-testid="invite-name"
        />
        <TextField
          large
          label={t("password")}
          hint={t("resetHint")}
          type="password"
          autoComplete="new-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          error={errors.password ?? errors.token ?? errors[""]}
          data-testid="invite-password"
        />
        <Button look="primary" size="lg" wide type="submit" busy={busy} data-testid="invite-accept">
          {t("inviteJoin")}
        </Button>
      </Form>
    </SignFrame>
  );
}
