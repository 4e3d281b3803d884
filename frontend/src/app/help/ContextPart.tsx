import { useTranslation } from "react-i18next";
import type { Part } from "./context";
import "./words";

interface ContextPartProps {
  parts: Part[];
  left: ReadonlySet<string>;
  onChange: (left: ReadonlySet<string>) => void;
}

/** Everything that goes along, in the very words in which it goes; each can be left out. */
export function ContextPart({ parts, left, onChange }: ContextPartProps) {
  const { t } = useTranslation("help");
  const turn = (code: string, goes: boolean) => {
    const next = new Set(left);
    if (goes) next.delete(code);
    else next.add(code);
    onChange(next);
  };
  return (
    <fieldset className="help-ctx">
      <legend className="lbl">{t("context")}</legend>
      <p className="hint">{t("contextText")}</p>
      {parts.map(({ code, title, value }) => (
        <label key={code} className="help-part" data-testid={`help-part-${code}`}>
          <input
            type="checkbox"
            className="cb"
            checked={!left.has(code)}
            onChange={({ target }) => turn(code, target.checked)}
          />
          <span className="t2">{title}</span>
          <span className="help-value num">{value}</span>
        </label>
      ))}
    </fieldset>
  );
}
