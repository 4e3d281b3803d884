import { useTranslation } from "react-i18next";
import type { Tag } from "../../../api/contract";
import "../fields/words";
import "../words";

const COLOURS = {
  "": "colorNone",
  grey: "colorGrey",
  blue: "colorBlue",
  green: "colorGreen",
  amber: "colorAmber",
  red: "colorRed",
  violet: "colorViolet",
} as const;

interface ColorChoiceProps {
  tag: Tag;
  onChange: (color: Tag["color"]) => void;
}

/** The colour of a tag, by its name: never by colour alone. */
export function ColorChoice({ tag, onChange }: ColorChoiceProps) {
  const { t } = useTranslation("settings");
  const { t: names } = useTranslation("fieldset");
  return (
    <select
      className="inp tag-color"
      aria-label={t("tagColor", { title: tag.title })}
      value={tag.color}
      onChange={(event) => onChange(event.target.value as Tag["color"])}
    >
      {(Object.keys(COLOURS) as (keyof typeof COLOURS)[]).map((color) => (
        <option key={color} value={color}>
          {names(COLOURS[color])}
        </option>
      ))}
    </select>
  );
}
