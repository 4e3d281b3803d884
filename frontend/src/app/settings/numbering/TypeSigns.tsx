import { useTranslation } from "react-i18next";
import type { Numbering } from "../../../api/contract";
import { TextField } from "../../../ui/field";
import "./numbering.css";
import "./words";

type Types = Numbering["types"];

interface TypeSignsProps {
  types: Types;
  error?: string;
  onChange: (types: Types) => void;
}

/** What stands in numbers for each type of a kind. */
export function TypeSigns({ types, error, onChange }: TypeSignsProps) {
  const { t } = useTranslation("numbering");
  return (
    <fieldset className="num-types" data-testid="numbering-types">
      <legend className="lbl">{t("ofType")}</legend>
      <div className="num-grid">
        {types.map((type) => (
          <TextField
            key={type.code}
            label={type.title}
            maxLength={10}
            spellCheck={false}
            value={type.sign}
            onChange={(event) =>
              onChange(
                types.map((one) =>
                  one.code === type.code ? { ...one, sign: event.target.value } : one,
                ),
              )
            }
            data-testid={`numbering-type-${type.code}`}
          />
        ))}
      </div>
      {error && <div className="fld-msg err">{error}</div>}
    </fieldset>
  );
}
