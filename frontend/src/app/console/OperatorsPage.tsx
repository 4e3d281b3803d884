import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Operator, OperatorRole } from "../../api/console";
import { patch, post } from "../../api/request";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Field, TextField } from "../../ui/field";
import { Form } from "../../ui/form";
import { nearText } from "../../ui/format";
import { Tag } from "../../ui/marks";
import { Empty } from "../../ui/state";
import { say } from "../../ui/toast";
import { useSaving } from "../settings/saving";
import { refresh, usePages } from "./data";
import { Listed } from "./Listed";
import { may, useOperator } from "./session";
import "./console.css";
import "./words";

const ROLES = [
  ["support", "roleSupport"],
  ["operator", "roleOperator"],
  ["chief", "roleChief"],
] as const;

/** Who works at the console. */
export function Screen() {
  const { t } = useTranslation("console");
  const me = useOperator();
  if (!may(me, "console.rule"))
    return <Empty icon="shield-check" title={t("noPermission")} text={t("noPermissionText")} />;
  return <People ownId={me.id} />;
}

function People({ ownId }: { ownId: number }) {
  const { t } = useTranslation("console");
  const [making, setMaking] = useState(false);
  const pages = usePages<Operator>("operators/");
  return (
    <>
      <div className="con-head">
        <h1 className="con-h">{t("operators")}</h1>
        <Button
          icon="user-plus"
          look="primary"
          onClick={() => setMaking(true)}
          data-testid="operator-new"
        >
          {t("operatorNew")}
        </Button>
      </div>
      <Listed pages={pages} icon="users" none={t("none")} noneText={t("noPermissionText")}>
        {(rows) => (
          <table className="con-tbl">
            <thead>
              <tr>
                <th>{t("operatorName")}</th>
                <th>{t("role")}</th>
                <th>{t("seen")}</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Row key={row.id} row={row} isMe={row.id === ownId} />
              ))}
            </tbody>
          </table>
        )}
      </Listed>
      {making && <Making onClose={() => setMaking(false)} />}
    </>
  );
}

function Row({ row, isMe }: { row: Operator; isMe: boolean }) {
  const { t } = useTranslation("console");
  const { busy, run } = useSaving();
  const change = (body: object) =>
    run(async () => {
      await patch(`operators/${row.id}/`, body);
      say(t("done"));
    }).finally(refresh);
  const reset = () =>
    run(async () => {
      await post(`operators/${row.id}/totp-reset/`);
      say(t("resetDone"));
    }).finally(refresh);
  return (
    <tr data-testid="operator-row">
      <td>
        <span className="sb">{row.full_name}</span> {!row.is_active && <Tag>{t("shut")}</Tag>}{" "}
        {!row.has_totp && <Tag tone="amber">{t("noTotp")}</Tag>}
        <div className="f12 t3">{row.email}</div>
      </td>
      <td data-label={t("role")}>
        <RoleChoice value={row.role} disabled={busy} onChange={(role) => void change({ role })} />
      </td>
      <td data-label={t("seen")} className="num">
        {row.last_sign_in_at ? nearText(row.last_sign_in_at) : t("never")}
      </td>
      <td className="end">
        {!isMe && (
          <span className="con-acts">
            {row.has_totp && (
              <Button size="sm" busy={busy} onClick={() => void reset()}>
                {t("resetTotp")}
              </Button>
            )}
            <Button
              size="sm"
              look={row.is_active ? "danger" : "default"}
              busy={busy}
              onClick={() => void change({ is_active: !row.is_active })}
            >
              {t(row.is_active ? "shutOut" : "letIn")}
            </Button>
          </span>
        )}
      </td>
    </tr>
  );
}

interface RoleChoiceProps {
  value: OperatorRole;
  disabled?: boolean;
  id?: string;
  onChange: (role: OperatorRole) => void;
}

function RoleChoice({ value, disabled, id, onChange }: RoleChoiceProps) {
  const { t } = useTranslation("console");
  return (
    <select
      id={id}
      className="inp"
      aria-label={t("role")}
      value={value}
      disabled={disabled}
      onChange={(event) => onChange(event.target.value as OperatorRole)}
    >
      {ROLES.map(([code, title]) => (
        <option key={code} value={code}>
          {t(title)}
        </option>
      ))}
    </select>
  );
}

function Making({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("console");
  const [values, setValues] = useState({ full_name: "", email: "", password: "" });
  const [role, setRole] = useState<OperatorRole>("support");
  const { busy, errors, run } = useSaving();
  const submit = async () => {
    if (!(await run(() => post("operators/", { ...values, role })))) return;
    say(t("done"));
    onClose();
    await refresh();
  };
  const field = (name: keyof typeof values) => ({
    required: true,
    value: values[name],
    onChange: (event: { target: HTMLInputElement }) =>
      setValues({ ...values, [name]: event.target.value }),
    error: errors[name],
    "data-testid": `operator-${name}`,
  });
  return (
    <Dialog
      title={t("operatorNew")}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button
            look="primary"
            type="submit"
            form="operator"
            busy={busy}
            data-testid="operator-do"
          >
            {t("create")}
          </Button>
        </>
      }
    >
      <Form id="operator" className="stack" onSubmit={() => void submit()}>
        <TextField label={t("operatorName")} hint={t("operatorNameHint")} {...field("full_name")} />
        <TextField label={t("email")} type="email" autoComplete="off" {...field("email")} />
        <TextField
          label={t("firstPassword")}
          hint={t("firstPasswordHint")}
          type="password"
          autoComplete="new-password"
          {...field("password")}
        />
        <Field label={t("role")}>
          {({ id }) => <RoleChoice id={id} value={role} onChange={setRole} />}
        </Field>
      </Form>
    </Dialog>
  );
}
