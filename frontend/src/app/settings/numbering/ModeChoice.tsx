import { Select } from "antd";
import { useTranslation } from "react-i18next";
import type { Numbering } from "../../../api/contract";
import { choiceIcons } from "../../../ui/antd";
import { Field } from "../../../ui/field";
import "./words";

const MODES = ["strict", "fast"] as const;

interface ModeChoiceProps {
  value: Numbering["mode"];
  onChange: (mode: Numbering["mode"]) => void;
}

/** Whether numbers leave no gaps, or nobody waits; the chosen one is said in a sentence. */
export function ModeChoice({ value, onChange }: ModeChoiceProps) {
  const { t } = useTranslation("numbering");
  return (
    <Field label={t("mode")} hint={t(value === "fast" ? "fastHint" : "strictHint")}>
      {({ id }) => (
        <Select
          {...choiceIcons}
          id={id}
          style={{ width: "100%" }}
          value={value}
          options={MODES.map((mode) => ({ value: mode, label: t(mode) }))}
          onChange={onChange}
          data-testid="numbering-mode"
        />
      )}
    </Field>
  );
}
