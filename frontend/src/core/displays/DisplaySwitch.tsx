import { useTranslation } from "react-i18next";
import { Icon, type IconName } from "../../ui/icon";
import { DISPLAYS, type Display } from "./display";
import "./displays.css";
import "./words";

const ICONS: Record<Display, IconName> = {
  table: "list",
  board: "columns",
  calendar: "calendar",
  timeline: "gantt",
};

interface DisplaySwitchProps {
  value: Display;
  onChange: (next: Display) => void;
  /** Shapes that the list has for its reader; absent: all of them. */
  among?: Display[];
}

/** Table, board, calendar, diagram: the same cards in another shape. */
export function DisplaySwitch({ value, onChange, among = DISPLAYS }: DisplaySwitchProps) {
  const { t } = useTranslation("displays");
  return (
    <div className="seg displays" role="radiogroup" aria-label={t("show")}>
      {among.map((display) => (
        // biome-ignore lint/a11y/useSemanticElements: a native radio cannot be drawn as a segment.
        <button
          key={display}
          type="button"
          role="radio"
          aria-checked={display === value}
          aria-label={t(display)}
          title={t(display)}
          onClick={() => onChange(display)}
          data-testid={`display-${display}`}
        >
          <Icon name={ICONS[display]} size={14} />
          <span className="displays-w">{t(display)}</span>
        </button>
      ))}
    </div>
  );
}
