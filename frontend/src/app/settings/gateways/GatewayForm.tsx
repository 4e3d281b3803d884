import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Gateway } from "../../../api/contract";
import { put } from "../../../api/request";
import { Button } from "../../../ui/button";
import { Field, TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { Switch } from "../../../ui/marks";
import { say } from "../../../ui/toast";
import { useSaving } from "../saving";
import { WrittenRequest } from "./WrittenRequest";
import "./words";

interface GatewayFormProps {
  gateway: Gateway;
  onSaved: () => Promise<unknown>;
}

/** By which account the company talks to a service; its keys go in and never come out. */
export function GatewayForm({ gateway, onSaved }: GatewayFormProps) {
  const { t } = useTranslation("gateways");
  const [mode, setMode] = useState(gateway.mode);
  const [keys, setKeys] = useState<Record<string, string>>({});
  const [sender, setSender] = useState(gateway.sender);
  const [details, setDetails] = useState(gateway.details);
  const { busy, errors, run } = useSaving();
  const isTelegram = gateway.code === "telegram";
  const isSms = gateway.code === "sms";
  const [provider, setProvider] = useState(gateway.provider);
  const [written, setWritten] = useState({
    address: gateway.address,
    body: gateway.body,
    accepted: gateway.accepted,
  });
  const isWritten = mode === "own" && provider === "http";
  const chosen = gateway.providers.find((one) => one.code === provider);
  const names = (isTelegram ? ["token"] : (chosen?.keys ?? [])) as (
    | "token"
    | "login"
    | "password"
  )[];
  // Keys that stand are not shown again; left empty, they stay, unless the provider is another one now.
  const stand = gateway.mode === "own" && (isTelegram || provider === gateway.provider);
  const save = (event: FormEvent) => {
    event.preventDefault();
    const own = isWritten ? written : {};
    const options = isTelegram ? { details } : isSms ? { sender, provider, ...own } : {};
    void run(async () => {
      await put(`gateways/${gateway.code}/`, { mode, ...options, ...keys });
      setKeys({});
      say(t("saved"));
      await onSaved();
    });
  };
  return (
    <Form className="set-form" onSubmit={save}>
      <Field
        label={t("mode")}
        error={errors.mode}
        hint={gateway.code === "mail" && mode === "off" ? t("mailOffText") : undefined}
      >
        {(aria) => (
          <select
            {...aria}
            className="inp"
            value={mode}
            onChange={(event) => setMode(event.target.value)}
            data-testid={`mode-${gateway.code}`}
          >
            {gateway.modes.map((one) => (
              <option key={one.code} value={one.code}>
                {one.title}
              </option>
            ))}
          </select>
        )}
      </Field>
      {(mode === "own" || mode === "sandbox") && gateway.providers.length > 0 && (
        <Field label={t("provider")} error={errors.provider}>
          {(aria) => (
            <select
              {...aria}
              className="inp"
              value={provider}
              onChange={(event) => setProvider(event.target.value)}
              data-testid="sms-provider"
            >
              {gateway.providers.map((one) => (
                <option key={one.code} value={one.code}>
                  {one.title}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      {isWritten && <WrittenRequest value={written} errors={errors} onChange={setWritten} />}
      {mode === "own" &&
        names.map((name) => (
          <TextField
            key={name}
            label={t(name)}
            hint={stand ? t("keyStands") : name === "token" ? t("tokenHint") : undefined}
            type={name === "login" ? "text" : "password"}
            autoComplete="off"
            value={keys[name] ?? ""}
            onChange={(event) => setKeys({ ...keys, [name]: event.target.value })}
            error={errors[name]}
            data-testid={`key-${name}`}
          />
        ))}
      {mode === "own" && isSms && (
        <TextField
          label={t("sender")}
          hint={t("senderHint")}
          value={sender}
          maxLength={15}
          onChange={(event) => setSender(event.target.value)}
          error={errors.sender}
        />
      )}
      {isTelegram && mode !== "off" && (
        <div>
          <div className="row">
            <Switch on={details} label={t("details")} onChange={setDetails} data-testid="details" />
            <span aria-hidden>{t("details")}</span>
          </div>
          <p className="hint">{t("detailsText")}</p>
        </div>
      )}
      <div>
        <Button look="primary" type="submit" busy={busy} data-testid={`save-${gateway.code}`}>
          {t("save")}
        </Button>
      </div>
    </Form>
  );
}
