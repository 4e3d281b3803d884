import { useTranslation } from "react-i18next";
import { may, useMe } from "../../core/session/session";
import { ConsentSection } from "./data/ConsentSection";
import { ErasureSection } from "./data/ErasureSection";
import { TakeoutSection } from "./data/TakeoutSection";
import "./settings.css";
import "./data/words";

/** The company's data are its own: take them all along, or have them erased. */
export function Screen() {
  const { t } = useTranslation("data");
  const me = useMe();
  return (
    <>
      <div className="set-h">
        <h2>{t("title")}</h2>
      </div>
      <TakeoutSection />
      {may(me, "privacy.persons") && <ConsentSection />}
      <ErasureSection />
    </>
  );
}
