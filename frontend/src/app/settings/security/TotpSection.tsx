import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { get, post } from "../../../api/request";
import { cache } from "../../../core/session/cache";
import { Button } from "../../../ui/button";
import { TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { say } from "../../../ui/toast";
import { useSaving } from "../saving";
import { Qr } from "./Qr";
import "./words";

const KEY = ["auth", "totp"];

export interface Setup {
  secret: string;
  otpauth_url: string;
  qr_svg: string;
}

/** The second step of sign-in: off, being set up, just on with its recovery codes, on. */
export function TotpSection() {
  const { t } = useTranslation("security");
  const state = useQuery({
    queryKey: KEY,
    queryFn: () => get<{ enabled: boolean; recovery_left: number }>("auth/totp/"),
  }).data;
  const [setup, setSetup] = useState<Setup | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const done = async (fresh: string[]) => {
    setSetup(null);
    setCodes(fresh);
    await cache.invalidateQueries({ queryKey: KEY });
  };

  return (
    <section className="set-sec">
      <h3>{t("totp")}</h3>
      {codes ? (
        <Codes codes={codes} onKept={() => setCodes(null)} />
      ) : setup ? (
        <Confirm setup={setup} onDone={done} />
      ) : state?.enabled ? (
        <TurnOff left={state.recovery_left} />
      ) : (
        <TurnOn onSetup={setSetup} />
      )}
    </section>
  );
}

export function Confirm({
  setup,
  onDone,
}: {
  setup: Setup;
  onDone: (codes: string[]) => Promise<void>;
}) {
  const { t } = useTranslation("security");
  const [code, setCode] = useState("");
  const { busy, errors, run } = useSaving();
  const confirm = () =>
    run(async () => {
      const answer = await post<{ recovery_codes: string[] }>("auth/totp/confirm/", { code });
      await onDone(answer.recovery_codes);
    });
  return (
    <Form
      className="set-form"
      onSubmit={(event) => {
        event.preventDefault();
        void confirm();
      }}
    >
      <p className="t2">{t("totpScan")}</p>
      <Qr svg={setup.qr_svg} label={t("totp")} />
      <p className="hint">
        {t("totpSecret")} <span className="secret">{setup.secret}</span>
      </p>
      <TextField
        label={t("totpCode")}
        inputMode="numeric"
        autoComplete="one-time-code"
        required
        autoFocus
        value={code}
        onChange={(event) => setCode(event.target.value)}
        error={errors.code}
        data-testid="totp-code"
      />
      <div>
        <Button look="primary" type="submit" busy={busy} data-testid="totp-confirm">
          {t("totpConfirm")}
        </Button>
      </div>
    </Form>
  );
}

export function Codes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
  const { t } = useTranslation("security");
  const copy = async () => {
    await navigator.clipboard.writeText(codes.join("\n"));
    say(t("totpCopied"), { icon: "copy" });
  };
  return (
    <div className="set-form">
      <p className="b">{t("totpCodes")}</p>
      <p className="t2">{t("totpCodesText")}</p>
      <div className="codes">
        {codes.map((code) => (
          <span key={code}>{code}</span>
        ))}
      </div>
      <div className="row">
        <Button icon="copy" onClick={() => void copy()}>
          {t("totpCopy")}
        </Button>
        <Button look="primary" onClick={onKept}>
          {t("totpKept")}
        </Button>
      </div>
    </div>
  );
}

function TurnOn({ onSetup }: { onSetup: (setup: Setup) => void }) {
  const { t } = useTranslation("security");
  return (
    <WithPassword
      before={t("totpOff")}
      ask={t("totpStartText")}
      onGiven={async (password) => onSetup(await post<Setup>("auth/totp/setup/", { password }))}
      button={{ text: t("totpStart"), icon: "shield-check", testId: "totp-start" }}
    />
  );
}

function TurnOff({ left }: { left: number }) {
  const { t } = useTranslation("security");
  const stop = async (password: string) => {
    await post("auth/totp/disable/", { password });
    await cache.invalidateQueries({ queryKey: KEY });
  };
  return (
    <WithPassword
      before={t("totpOn", { count: left })}
      ask={t("totpStopText")}
      onGiven={stop}
      button={{ text: t("totpStop"), look: "danger", testId: "totp-stop" }}
    />
  );
}

interface WithPasswordProps {
  before: string;
  ask: string;
  onGiven: (password: string) => Promise<void>;
  button: { text: string; testId: string; look?: "danger"; icon?: "shield-check" };
}

/** A button that asks for the password first: whoever sits at an open browser may be a stranger. */
function WithPassword({ before, ask, onGiven, button }: WithPasswordProps) {
  const { t } = useTranslation("security");
  const [asked, setAsked] = useState(false);
  const [password, setPassword] = useState("");
  const { busy, errors, run } = useSaving();
  return (
    <Form
      className="set-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (asked) void run(() => onGiven(password));
        else setAsked(true);
      }}
    >
      <p className="t2">{asked ? ask : before}</p>
      {asked && (
        <TextField
          label={t("password")}
          type="password"
          autoComplete="current-password"
          required
          autoFocus
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          error={errors.password}
          data-testid="totp-password"
        />
      )}
      <div>
        <Button
          look={button.look}
          icon={button.icon}
          type="submit"
          busy={busy}
          data-testid={button.testId}
        >
          {button.text}
        </Button>
      </div>
    </Form>
  );
}
