import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon, type IconName } from "../../ui/icon";
import { useStore } from "../../ui/store";
import { isDark, look } from "../../ui/theme";
import { PublicNav } from "./PublicNav";
import { SignUpCode } from "./SignUpCode";
import { type Filled, SignUpForm, type Started } from "./SignUpForm";
import shotDark from "./shot-dark.webp";
import shotLight from "./shot-light.webp";
import "./words";

/** One screen that says honestly what the product does, with the form beside it. */
export function Landing() {
  const { t } = useTranslation("public");
  const [started, setStarted] = useState<Started | null>(null);
  const [filled, setFilled] = useState<Filled | null>(null);
  const back = () => {
    setFilled(started?.filled ?? null);
    setStarted(null);
  };
  useStore(look);
  const points: [IconName, string, string][] = [
    ["circle-check-big", t("point1"), t("point1Text")],
    ["clock", t("point2"), t("point2Text")],
    ["shield-check", t("point3"), t("point3Text")],
  ];
  return (
    <div className="pub">
      <PublicNav />
      <main className="hero">
        <div className="hero-l">
          <h1>{t("hero")}</h1>
          <p className="lead">{t("lead")}</p>
          <ul className="points">
            {points.map(([icon, title, text]) => (
              <li key={title}>
                <Icon name={icon} size={20} />
                <div>
                  <b className="sb">{title}</b>
                  <p className="t2">{text}</p>
                </div>
              </li>
            ))}
          </ul>
          <img
            className="shot"
            src={isDark() ? shotDark : shotLight}
            alt={t("shotAlt")}
            width={1800}
            height={930}
          />
        </div>
        <section className="hero-r" aria-label={t("signUp")}>
          {started ? (
            <SignUpCode started={started} onBack={back} />
          ) : (
            <SignUpForm filled={filled} onStarted={setStarted} />
          )}
        </section>
      </main>
    </div>
  );
}
