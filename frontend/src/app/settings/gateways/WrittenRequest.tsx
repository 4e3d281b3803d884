import { useTranslation } from "react-i18next";
import { TextAreaField, TextField } from "../../../ui/field";
import "./words";

export interface Written {
  address: string;
  body: string;
  accepted: string;
}

interface WrittenRequestProps {
  value: Written;
  errors: Record<string, string | undefined>;
  onChange: (value: Written) => void;
}

/** The request by which a provider unknown to us takes a message; the company writes it down. */
export function WrittenRequest({ value, errors, onChange }: WrittenRequestProps) {
  const { t } = useTranslation("gateways");
  return (
    <>
      <TextField
        label={t("address")}
        hint={t("addressHint")}
        value={value.address}
        maxLength={1000}
        autoComplete="off"
        spellCheck={false}
        placeholder="https://адрес-провайдера/send?to={phone}&text={text}&key={key}"
        onChange={(event) => onChange({ ...value, address: event.target.value })}
        error={errors.address}
        data-testid="sms-address"
      />
      <TextAreaField
        label={t("body")}
        hint={t("bodyHint")}
        value={value.body}
        maxLength={2000}
        rows={3}
        spellCheck={false}
        onChange={(event) => onChange({ ...value, body: event.target.value })}
        error={errors.body}
        data-testid="sms-body"
      />
      <TextField
        label={t("accepted")}
        hint={t("acceptedHint")}
        value={value.accepted}
        maxLength={100}
        onChange={(event) => onChange({ ...value, accepted: event.target.value })}
        error={errors.accepted}
        data-testid="sms-accepted"
      />
    </>
  );
}
