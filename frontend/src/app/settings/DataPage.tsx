import { useTranslation } from "react-i18next";
import { may, useMe } from "../../core/session/session";
import { ConsentSection } from "./data/ConsentSection";
import { CopiesSection } from "./data/CopiesSection";
import { ErasureSection } from "./data/ErasureSection";
import { TakeoutSection } from "./data/TakeoutSection";
import "./settings.css";
import "./data/words";

/** The company's data are its own: take them all along, come back to a night, or have them erased. */
export function Screen() {
  const { t } = useTranslation("data");
  const me = useMe();
  return (
    <>
      <div className="set-h">
        <h2>{t("title")}</h2>
      </div>
      {may(me, "takeout.see") && <TakeoutSection />}
      {may(me, "tenants.copies") && <CopiesSection />}
      {may(me, "privacy.persons") && <ConsentSection />}
      {may(me, "takeout.see") && <ErasureSection />}
    </>
  );
}
