import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useAuthState } from "../../core/session/session";
import { CompanyLogo } from "../shell/CompanyLogo";
import "../shell/shell.css";
import "./sign.css";
import "./words";

/** The door of a company: its logo, its colour, one form. */
export function SignFrame({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation("sign");
  const company = useAuthState().data?.company;
  return (
    <main className="door">
      <div className="door-in">
        {company && (
          <div className="door-co">
            <CompanyLogo name={company.name} logo={company.logo_url} />
            <span className="sb el">{company.name}</span>
          </div>
        )}
        <div className="door-card">
          <h1>{title}</h1>
          {children}
        </div>
        <p className="hint door-foot">{t("foot")}</p>
      </div>
    </main>
  );
}
