import { useTranslation } from "react-i18next";
import "./words";

/** What the keyboard does here. */
export function PaletteFoot() {
  const { t } = useTranslation("palette");
  return (
    <div className="pal-f">
      <span>
        <span className="kbd">↑</span>
        <span className="kbd">↓</span> {t("move")}
      </span>
      <span>
        <span className="kbd">Enter</span> {t("open")}
      </span>
      <span>
        <span className="kbd">Ctrl Enter</span> {t("beside")}
      </span>
      <span>
        <span className="kbd">Esc</span> {t("close")}
      </span>
    </div>
  );
}
