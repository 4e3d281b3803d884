import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OperatorSession } from "../../api/console";
import { del, post } from "../../api/request";
import { Button } from "../../ui/button";
import { TextField } from "../../ui/field";
import { Form } from "../../ui/form";
import { dateText, nearText } from "../../ui/format";
import { Tag, Tick } from "../../ui/marks";
import { say } from "../../ui/toast";
import { useSaving } from "../settings/saving";
import { refresh, useAnswer } from "./data";
import { useOperator } from "./session";
import "./console.css";
import "./words";

/** One's own way in: sessions, keys, the password. */
export function Screen() {
  const { t } = useTranslation("console");
  const me = useOperator();
  return (
    <>
      <h1 className="con-h">{t("account")}</h1>
      <p className="t2">{t("recoveryLeft", { count: me.recovery_left })}</p>
      <Sessions />
      <NewKey />
      <Password />
    </>
  );
}

function Sessions() {
  const { t } = useTranslation("console");
  const rows = useAnswer<{ results: OperatorSession[] }>("auth/sessions/").data?.results ?? [];
  return (
    <section className="con-sec">
      <h2>{t("sessions")}</h2>
      <table className="con-tbl">
        <tbody>
          {rows.map((row) => (
            <SessionRow key={row.id} row={row} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function SessionRow({ row }: { row: OperatorSession }) {
  const { t } = useTranslation("console");
  const { busy, run } = useSaving();
  const end = () => run(() => del(`auth/sessions/${row.id}/`)).finally(refresh);
  return (
    <tr>
      <td>
        <span className="b">{row.name}</span> {row.current && <Tag tone="green">{t("here")}</Tag>}{" "}
        {row.reads_only && <Tag>{t("readsOnly")}</Tag>}
        <div className="f12 t3 num">
          {row.ip} {t("versionUntil", { day: dateText(row.expires_at) })}
        </div>
      </td>
      <td data-label={t("seen")} className="num">
        {nearText(row.last_seen_at)}
      </td>
      <td className="end">
        {!row.current && (
          <Button size="sm" busy={busy} onClick={() => void end()}>
            {t("end")}
          </Button>
        )}
      </td>
    </tr>
  );
}

function NewKey() {
  const { t } = useTranslation("console");
  const [name, setName] = useState("");
  const [days, setDays] = useState("30");
  const [password, setPassword] = useState("");
  const [writes, setWrites] = useState(false);
  const [token, setToken] = useState("");
  const { busy, errors, run } = useSaving();
  const make = () =>
    run(async () => {
      const body = { name, days: Number(days), reads_only: !writes, password };
      setToken((await post<{ token: string }>("auth/tokens/", body)).token);
      setPassword("");
      await refresh();
    });
  return (
    <section className="con-sec">
      <h2>{t("keyNew")}</h2>
      {token && (
        <div className="stack" role="status">
          <p className="b">{t("keyOnce")}</p>
          <p className="con-key">{token}</p>
        </div>
      )}
      <Form className="stack con-form" onSubmit={() => void make()}>
        <TextField
          label={t("keyName")}
          required
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={errors.name}
        />
        <TextField
          label={t("keyDays")}
          type="number"
          min={1}
          max={365}
          required
          value={days}
          onChange={(event) => setDays(event.target.value)}
          error={errors.days}
        />
        <span className="con-tick">
          <Tick
            label={t("keyWrites")}
            checked={writes}
            onChange={({ target }) => setWrites(target.checked)}
          />
          {t("keyWrites")}
        </span>
        <TextField
          label={t("passwordNow")}
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          error={errors.password}
        />
        <div>
          <Button type="submit" busy={busy}>
            {t("keyMake")}
          </Button>
        </div>
      </Form>
    </section>
  );
}

function Password() {
  const { t } = useTranslation("console");
  const [current, setCurrent] = useState("");
  const [fresh, setFresh] = useState("");
  const { busy, errors, run } = useSaving();
  const save = () =>
    run(async () => {
      await post("auth/password/", { current, new: fresh });
      setCurrent("");
      setFresh("");
      say(t("passwordSaved"));
      await refresh();
    });
  return (
    <section className="con-sec">
      <h2>{t("password")}</h2>
      <Form className="stack con-form" onSubmit={() => void save()}>
        <TextField
          label={t("passwordNow")}
          type="password"
          autoComplete="current-password"
          required
          value={current}
          onChange={(event) => setCurrent(event.target.value)}
          error={errors.current}
        />
        <TextField
          label={t("passwordNew")}
          type="password"
          autoComplete="new-password"
          required
          value={fresh}
          onChange={(event) => setFresh(event.target.value)}
          error={errors.new}
        />
        <div>
          <Button type="submit" busy={busy}>
            {t("passwordSave")}
          </Button>
        </div>
      </Form>
    </section>
  );
}
