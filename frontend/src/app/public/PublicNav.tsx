import type { MouseEvent } from "react";
import { useTranslation } from "react-i18next";
import { goTo, type Place } from "./place";
import "./words";

/** A link within the public pages: a real address, no reload. */
export function PlaceLink({
  to,
  className,
  children,
}: {
  to: Place;
  className?: string;
  children: string;
}) {
  const follow = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    goTo(to);
  };
  return (
    <a href={to} className={className} onClick={follow}>
      {children}
    </a>
  );
}

export function PublicNav() {
  const { t } = useTranslation("public");
  return (
    <header className="pub-nav">
      <a href="/" className="pub-brand">
        <span className="logo" aria-hidden>
          П
        </span>
        {t("product")}
      </a>
      <span className="grow" />
      <PlaceLink to="/prices" className="pub-link">
        {t("prices")}
      </PlaceLink>
      <PlaceLink to="/find" className="btn">
        {t("find")}
      </PlaceLink>
    </header>
  );
}
