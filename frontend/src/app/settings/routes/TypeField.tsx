import { useTranslation } from "react-i18next";
import { Field } from "../../../ui/field";
import { useTypes } from "./settings";
import "./words";

interface TypeFieldProps {
  kind: string;
  value: string;
  onChange: (code: string) => void;
}

/** For cards of which type a route is; for any, where the company has made no types. */
export function TypeField({ kind, value, onChange }: TypeFieldProps) {
  const { t } = useTranslation("routeset");
  const types = useTypes(kind).data ?? [];
  if (types.length === 0) return null;
  return (
    <Field label={t("ofType")}>
      {(aria) => (
        <select
          {...aria}
          className="inp"
          value={value}
          onChange={(event) => onChange(event.target.value)}
          data-testid="route-type"
        >
          <option value="">{t("anyType")}</option>
          {types.map((one) => (
            <option key={one.code} value={one.code}>
              {one.title}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
