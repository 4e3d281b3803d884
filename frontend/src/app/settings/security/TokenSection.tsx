import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SessionEntry } from "../../../api/contract";
import { post } from "../../../api/request";
import { cache } from "../../../core/session/cache";
import { Button } from "../../../ui/button";
import { Field, TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { dateText, nearText } from "../../../ui/format";
import { Icon } from "../../../ui/icon";
import { Tag } from "../../../ui/marks";
import { say } from "../../../ui/toast";
import { useSaving } from "../saving";
import { endSession, SESSIONS, useSessions } from "./sessions";
import "./words";

const USUAL_DAYS = 180;
const LONGEST_DAYS = 365;

/** Keys with which programs act for me; shown once, revocable at any time. */
export function TokenSection() {
  const { t } = useTranslation("security");
  const tokens = (useSessions().data ?? []).filter((session) => session.kind === "token");
  const [name, setName] = useState("");
  const [days, setDays] = useState(USUAL_DAYS);
  const [readsOnly, setReadsOnly] = useState(true);
  const [password, setPassword] = useState("");
  const [token, setToken] = useState<string | null>(null);
  const { busy, errors, run } = useSaving();

  const make = () =>
    run(async () => {
      const wanted = { name: name.trim(), days, reads_only: readsOnly, password };
      const made = await post<{ token: string }>("auth/tokens/", wanted);
      setToken(made.token);
      setName("");
      setPassword("");
      await cache.invalidateQueries({ queryKey: SESSIONS });
    });
  const usedText = (session: SessionEntry) =>
    Date.parse(session.last_seen_at) < Date.parse(session.created_at)
      ? t("tokenUnused")
      : t("tokenUsed", { when: nearText(session.last_seen_at) });
  const copy = async () => {
    await navigator.clipboard.writeText(token ?? "");
    say(t("tokenCopied"), { icon: "copy" });
  };

  return (
    <section className="set-sec">
      <h3>{t("tokens")}</h3>
      <p className="t2" style={{ marginBottom: 12 }}>
        {t("tokensText")}{" "}
        <a href="/api/docs/" target="_blank" rel="noreferrer" data-testid="token-docs">
          {t("tokenDocs")}
        </a>
      </p>
      {token && (
        <div className="notice tone-amber" style={{ marginBottom: 12 }}>
          <Icon name="key-round" />
          <div className="grow">
            <p>{t("tokenOnce")}</p>
            <p className="secret">{token}</p>
          </div>
          <Button size="sm" icon="copy" onClick={() => void copy()}>
            {t("tokenCopy")}
          </Button>
        </div>
      )}
      {tokens.length > 0 && (
        <div className="pane over" style={{ marginBottom: 12 }}>
          {tokens.map((session) => (
            <div key={session.id} className="tree-row wraps" data-testid="token-row">
              <Icon name="key-round" className="t3" />
              <span className="b el grow">{session.name}</span>
              {session.reads_only && <Tag>{t("tokenReads")}</Tag>}
              <span className="t3 f12 num">{usedText(session)}</span>
              {session.expires_at && (
                <span className="t3 f12 num">
                  {t("tokenUntil", { date: dateText(session.expires_at) })}
                </span>
              )}
              <Button size="sm" look="quiet" onClick={() => void endSession(session)}>
                {t("tokenRevoke")}
              </Button>
            </div>
          ))}
        </div>
      )}
      <Form
        className="set-form"
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <div className="two">
          <TextField
            label={t("tokenName")}
            placeholder={t("tokenNameExample")}
            required
            value={name}
            onChange={(event) => setName(event.target.value)}
            error={errors.name}
          />
          <TextField
            label={t("tokenDays")}
            type="number"
            min={1}
            max={LONGEST_DAYS}
            required
            value={days}
            onChange={(event) => setDays(Number(event.target.value))}
            error={errors.days}
          />
        </div>
        <Field label={t("tokenScope")} hint={t("tokenScopeHint")}>
          {(aria) => (
            <select
              {...aria}
              className="inp"
              value={readsOnly ? "read" : "write"}
              onChange={(event) => setReadsOnly(event.target.value === "read")}
              data-testid="token-scope"
            >
              <option value="read">{t("tokenRead")}</option>
              <option value="write">{t("tokenWrite")}</option>
            </select>
          )}
        </Field>
        <TextField
          label={t("tokenPassword")}
          hint={t("tokenPasswordHint")}
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          error={errors.password}
          data-testid="token-password"
        />
        <div>
          <Button type="submit" busy={busy} icon="plus">
            {t("tokenMake")}
          </Button>
        </div>
      </Form>
    </section>
  );
}
