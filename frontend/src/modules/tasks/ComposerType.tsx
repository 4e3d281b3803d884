import { useTranslation } from "react-i18next";
import { useCardTypes } from "../../core/fields/fields";
import { Field } from "../../ui/field";
import { TASKS } from "./task";
import "./words";

interface ComposerTypeProps {
  value: string;
  onChange: (code: string) => void;
}

/** What sort of task it is; not asked where there is only one. */
export function ComposerType({ value, onChange }: ComposerTypeProps) {
  const { t } = useTranslation("fields");
  const types = useCardTypes(TASKS).data ?? [];
  if (types.length < 2) return null;
  return (
    <Field label={t("type")}>
      {(aria) => (
        <select
          {...aria}
          className="inp"
          value={value}
          onChange={(event) => onChange(event.target.value)}
          data-testid="composer-type"
        >
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
