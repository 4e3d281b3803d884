import { useTranslation } from "react-i18next";
import type { FieldOption } from "../../../api/contract";
import { Button, IconButton } from "../../../ui/button";
import "./words";

const COLOURS = {
  "": "colorNone",
  grey: "colorGrey",
  blue: "colorBlue",
  green: "colorGreen",
  amber: "colorAmber",
  red: "colorRed",
  violet: "colorViolet",
} as const;
type Colour = keyof typeof COLOURS;

interface OptionsEditorProps {
  options: FieldOption[];
  error: string | undefined;
  onChange: (options: FieldOption[]) => void;
}

/** Options of a list in their order; one that cards hold goes into the archive, not away. */
export function OptionsEditor({ options, error, onChange }: OptionsEditorProps) {
  const { t } = useTranslation("fieldset");
  const put = (at: number, next: Partial<FieldOption>) =>
    onChange(options.map((one, index) => (index === at ? { ...one, ...next } : one)));
  const up = (at: number) => {
    const order = [...options];
    order.splice(at - 1, 0, ...order.splice(at, 1));
    onChange(order);
  };
  return (
    <fieldset className="field-set">
      <legend className="lbl">{t("options")}</legend>
      {options.map((one, index) =>
        one.is_archived ? null : (
          <div key={one.code ?? `new-${index}`} className="row option-line">
            <input
              className="inp grow"
              aria-label={t("option", { number: index + 1 })}
              placeholder={t("option", { number: index + 1 })}
              maxLength={100}
              value={one.title}
              onChange={(event) => put(index, { title: event.target.value })}
              data-testid="option-title"
            />
            <select
              className="inp option-color"
              aria-label={t("color", { title: one.title })}
              value={one.color ?? ""}
              onChange={(event) => put(index, { color: event.target.value as Colour })}
            >
              {(Object.keys(COLOURS) as Colour[]).map((color) => (
                <option key={color} value={color}>
                  {t(COLOURS[color])}
                </option>
              ))}
            </select>
            <IconButton
              icon="arrow-up"
              small
              label={t("optionUp", { title: one.title })}
              disabled={index === 0}
              onClick={() => up(index)}
            />
            <IconButton
              icon="x"
              small
              label={t("optionRemove", { title: one.title })}
              onClick={() =>
                one.code
                  ? put(index, { is_archived: true })
                  : onChange(options.filter((other) => other !== one))
              }
            />
          </div>
        ),
      )}
      {error && <p className="fld-msg err">{error}</p>}
      <Button size="sm" icon="plus" onClick={() => onChange([...options, { title: "" }])}>
        {t("optionAdd")}
      </Button>
    </fieldset>
  );
}
