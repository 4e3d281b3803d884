import { useTranslation } from "react-i18next";
import { CasesForm } from "./language/CasesForm";
import { MorpherSection } from "./language/MorpherSection";
import { WordingsList } from "./language/WordingsList";
import "./settings.css";
import "./language/language.css";
import "./language/words";

/** How names and posts read in each case: tried, put right once for all papers, told by a service. */
export function Screen() {
  const { t } = useTranslation("language");
  return (
    <>
      <div className="set-h">
        <h2>{t("title")}</h2>
      </div>
      <p className="t2 lang-note">{t("note")}</p>
      <CasesForm />
      <WordingsList />
      <MorpherSection />
    </>
  );
}
