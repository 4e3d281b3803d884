import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { EmailChange } from "../../../api/account";
import { del, get, post } from "../../../api/request";
import { cache } from "../../../core/session/cache";
import { Button } from "../../../ui/button";
import { TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { Icon } from "../../../ui/icon";
import { say } from "../../../ui/toast";
import { NO_PROOF, ProofFields } from "../data/ProofFields";
import { useSaving } from "../saving";
import "./words";

const KEY = ["auth", "email-change"];

/** The address by which I come in; another one takes its place when it is proved. */
export function EmailSection() {
  const { t } = useTranslation("security");
  const found = useQuery({
    queryKey: KEY,
    queryFn: () => get<EmailChange>("auth/email-change/"),
  }).data;
  const [asks, setAsks] = useState(false);
  if (!found) return null;
  return (
    <section className="set-sec" data-testid="email-change">
      <h3>{t("email")}</h3>
      <div className="set-form">
        <p className="t2">{t("emailNow", { email: found.email })}</p>
        {found.wanted && !asks && <Waits wanted={found.wanted} />}
        {asks ? (
          <Ask asksCode={found.asks_code} onEnd={() => setAsks(false)} />
        ) : (
          <div>
            <Button onClick={() => setAsks(true)} data-testid="email-change-start">
              {t("emailStart")}
            </Button>
          </div>
        )}
      </div>
    </section>
  );
}

function Waits({ wanted }: { wanted: string }) {
  const { t } = useTranslation("security");
  const { busy, run } = useSaving();
  const stop = () =>
    run(async () => {
      await del("auth/email-change/");
      say(t("emailStopped"));
      await cache.invalidateQueries({ queryKey: KEY });
    });
  return (
    <div className="notice tone-amber email-waits" data-testid="email-waits">
      <Icon name="mail" />
      <span className="grow">{t("emailWaits", { email: wanted })}</span>
      <Button size="sm" busy={busy} onClick={() => void stop()} data-testid="email-stop">
        {t("emailStop")}
      </Button>
    </div>
  );
}

function Ask({ asksCode, onEnd }: { asksCode: boolean; onEnd: () => void }) {
  const { t } = useTranslation("security");
  const { t: ui } = useTranslation("ui");
  const [email, setEmail] = useState("");
  const [proof, setProof] = useState(NO_PROOF);
  const { busy, errors, run } = useSaving();
  const ask = () =>
    run(async () => {
      const body = { email: email.trim(), ...proof };
      cache.setQueryData(KEY, await post<EmailChange>("auth/email-change/", body));
      say(t("emailSent", { email: email.trim() }), { icon: "mail" });
      onEnd();
    });
  return (
    <Form
      className="set-form"
      onSubmit={(event) => {
        event.preventDefault();
        void ask();
      }}
    >
      <p className="t2">{t("emailText")}</p>
      <TextField
        label={t("emailNew")}
        type="email"
        autoComplete="email"
        required
        autoFocus
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        error={errors.email}
        data-testid="email-new"
      />
      <ProofFields proof={proof} asksCode={asksCode} errors={errors} onChange={setProof} />
      <div className="row">
        <Button look="primary" type="submit" busy={busy} data-testid="email-ask">
          {t("emailAsk")}
        </Button>
        <Button look="quiet" onClick={onEnd}>
          {ui("cancel")}
        </Button>
      </div>
    </Form>
  );
}
