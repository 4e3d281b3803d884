import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icon";
import { PlaceLink, PublicNav } from "./PublicNav";
import { PAPERS, TERMS_OF } from "./papers";
import "./words";

/** What one agrees to at the sign-up. The texts are a draft of ours until the operator puts his own in their place. */
export function PaperPage({ place }: { place: keyof typeof PAPERS }) {
  const { t } = useTranslation("public");
  const paper = PAPERS[place];
  return (
    <div className="pub">
      <PublicNav />
      <main className="pub-one pub-paper">
        <h1>{paper.title}</h1>
        <p className="t3 f13">{t("paperOf", { day: TERMS_OF.split("-").reverse().join(".") })}</p>
        <p className="pub-note" role="note">
          <Icon name="circle-alert" size={16} />
          <span>{t("paperNote")}</span>
        </p>
        {paper.parts.map(({ head, lines }) => (
          <section key={head}>
            <h2>{head}</h2>
            {lines.map((line) => (
              <p key={line}>{line}</p>
            ))}
          </section>
        ))}
        <PlaceLink to={place === "/terms" ? "/privacy" : "/terms"}>
          {t(place === "/terms" ? "toPrivacy" : "toTerms")}
        </PlaceLink>
        <PlaceLink to="/">{t("toMain")}</PlaceLink>
      </main>
    </div>
  );
}
