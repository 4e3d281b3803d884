import { Link, Outlet, useRouterState } from "@tanstack/react-router";
import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../../core/session/session";
import { AntdTheme } from "../../ui/antd";
import { Icon } from "../../ui/icon";
import { plain } from "../../ui/layout";
import { usePhone } from "../../ui/screen";
import { Waiting } from "../../ui/state";
import { NoPermission } from "../company/NotFound";
import { INSIDE } from "./finding";
import { SECTIONS, visibleSections } from "./sections";
import "./settings.css";
import "./words";

/** One searchable place for how the company and my own account are set up. */
export function Screen() {
  const { t } = useTranslation("settings");
  const me = useMe();
  const phone = usePhone();
  const [find, setFind] = useState("");
  const address = useRouterState({ select: (state) => state.location.pathname });
  const here = SECTIONS.find((section) => address.startsWith(section.to));
  const words = plain(find).split(/\s+/).filter(Boolean);
  const sections = visibleSections(me).filter(({ code }) => {
    const told = plain(`${t(code)} ${t(`${code}Note`)} ${INSIDE[code]}`);
    return words.every((word) => told.includes(word));
  });
  const atRoot = !here;

  return (
    <div className={atRoot ? "set at-root" : "set"}>
      {(!phone || atRoot) && (
        <nav className="set-nav" aria-label={t("title")}>
          <h1>{t("title")}</h1>
          <label className="inp box">
            <Icon name="search" size={14} />
            <input
              type="search"
              aria-label={t("find")}
              placeholder={t("find")}
              value={find}
              onChange={(event) => setFind(event.target.value)}
            />
          </label>
          {sections.length === 0 && (
            <p className="set-none t2 f13" role="status" data-testid="settings-none">
              {t("findNone", { text: find.trim() })}
            </p>
          )}
          {sections.map((section) => (
            <Link
              key={section.code}
              to={section.to as never}
              className={section === here ? "set-i on" : "set-i"}
              aria-current={section === here ? "page" : undefined}
              data-testid={`settings-${section.code}`}
            >
              <Icon name={section.icon} />
              <span className="grow">
                <span className="set-name">{t(section.code)}</span>
                <span className="f12 t3 set-note">{t(`${section.code}Note`)}</span>
              </span>
            </Link>
          ))}
        </nav>
      )}
      {(!phone || !atRoot) && (
        <div className="set-page">
          {phone && (
            <Link to={"/settings" as never} className="set-back">
              <Icon name="arrow-left" /> {t("title")}
            </Link>
          )}
          {here && !here.open(me) ? (
            <NoPermission />
          ) : (
            <AntdTheme>
              <Suspense fallback={<Waiting />}>{atRoot ? <RootNote /> : <Outlet />}</Suspense>
            </AntdTheme>
          )}
        </div>
      )}
    </div>
  );
}

/** Nothing is chosen yet: the same list, as tiles to press. */
function RootNote() {
  const { t } = useTranslation("settings");
  const me = useMe();
  return (
    <div className="mods">
      {visibleSections(me).map((section) => (
        <Link key={section.code} to={section.to as never} className="mod">
          <Icon name={section.icon} size={18} />
          <span className="nm">{t(section.code)}</span>
          <span className="d">{t(`${section.code}Note`)}</span>
        </Link>
      ))}
    </div>
  );
}
