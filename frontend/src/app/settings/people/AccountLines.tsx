import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { EmployeeCard } from "../../../api/contract";
import { put } from "../../../api/request";
import { useMe } from "../../../core/session/session";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { Status } from "../../../ui/marks";
import { say } from "../../../ui/toast";
import { PhoneProof } from "../phone/PhoneProof";
import { useSaving } from "../saving";
import "../phone/words";
import "./words";

interface AccountLinesProps {
  employee: EmployeeCard;
  onChanged: (fresh?: EmployeeCard) => Promise<void>;
}

/** Whether messages come to the person's telephone, and by which address he comes in; for whoever may change that. */
export function AccountLines({ employee, onChanged }: AccountLinesProps) {
  const isOwn = useMe().id === employee.id;
  const hasMobile = employee.phone.startsWith("+") && employee.phone_is_proved !== null;
  if (!hasMobile && !employee.login) return null;
  return (
    <div className="emp-account">
      {hasMobile && <PhoneLine employee={employee} isOwn={isOwn} onChanged={onChanged} />}
      {employee.login && <LoginLine employee={employee} isOwn={isOwn} onChanged={onChanged} />}
    </div>
  );
}

type LineProps = AccountLinesProps & { isOwn: boolean };

function PhoneLine({ employee, isOwn, onChanged }: LineProps) {
  const { t } = useTranslation("phone");
  const { phone, phone_is_proved: proved } = employee;
  const unproved = isOwn ? t("unproved", { phone }) : t("theirs");
  return (
    <div className="emp-line" data-testid="employee-phone" data-proved={proved}>
      <Status tone={proved ? "green" : "amber"}>{proved ? t("proved") : unproved}</Status>
      {isOwn && !proved && <PhoneProof phone={phone} onProved={() => onChanged()} />}
    </div>
  );
}

function LoginLine({ employee, isOwn, onChanged }: LineProps) {
  const { t } = useTranslation("staff");
  const [asks, setAsks] = useState(false);
  const { login, login_wanted: wanted } = employee;
  return (
    <div className="emp-line" data-testid="employee-login">
      <span>
        {t("login", { login })}
        {wanted && <span className="t3"> {t("loginWanted", { wanted })}</span>}
      </span>
      {isOwn && <Link to={"/settings/security" as never}>{t("loginChange")}</Link>}
      {employee.can.login && (
        <Button size="sm" onClick={() => setAsks(true)} data-testid="login-change">
          {t("loginChange")}
        </Button>
      )}
      {asks && (
        <LoginDialog employee={employee} onChanged={onChanged} onClose={() => setAsks(false)} />
      )}
    </div>
  );
}

function LoginDialog({
  employee,
  onChanged,
  onClose,
}: AccountLinesProps & { onClose: () => void }) {
  const { t } = useTranslation("staff");
  const { t: ui } = useTranslation("ui");
  const [email, setEmail] = useState("");
  const { busy, errors, run } = useSaving();
  const ask = () =>
    run(async () => {
      const path = `employees/${employee.id}/login/`;
      const fresh = await put<EmployeeCard>(path, { email: email.trim() });
      say(t("loginAsked", { email: email.trim() }), { icon: "mail" });
      onClose();
      await onChanged(fresh);
    });
  return (
    <Dialog title={t("loginTitle")} width={480} onClose={onClose}>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void ask();
        }}
      >
        <p className="t2">{t("loginText", { login: employee.login })}</p>
        <TextField
          label={t("loginNew")}
          type="email"
          autoComplete="off"
          required
          value={email}
          onChange={(event) => setEmail(event.target.value)}
          error={errors.email}
          data-autofocus
          data-testid="login-email"
        />
        <div className="row">
          <Button look="primary" type="submit" busy={busy} data-testid="login-ask">
            {t("loginAsk")}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {ui("cancel")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
