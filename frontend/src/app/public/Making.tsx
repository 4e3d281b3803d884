import { useTranslation } from "react-i18next";
import "./words";

/** A progress line with words: never a bare spinner. */
export function Making({ host }: { host: string | null }) {
  const { t } = useTranslation("public");
  return (
    <div className="stack making" role="status">
      <h2 className="form-t">{t("making")}</h2>
      <p className="t2">{host ? t("moving", { host }) : t("makingText")}</p>
      <span className="bar">
        <i className={host ? "full" : "going"} />
      </span>
    </div>
  );
}
