import { Link, Outlet, useNavigate, useRouterState } from "@tanstack/react-router";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Boundary } from "../../ui/boundary";
import { Icon, type IconName } from "../../ui/icon";
import { Menu } from "../../ui/menu";
import { Waiting } from "../../ui/state";
import { useStore } from "../../ui/store";
import { chooseTheme, look } from "../../ui/theme";
import "../words";
import { leave, may, type Right, useOperator } from "./session";
import "./console.css";
import "./words";

interface Place {
  to: string;
  title: "companies" | "appeals" | "health" | "announcements" | "plans" | "operators" | "audit";
  icon: IconName;
  right: Right;
}

const PLACES: Place[] = [
  { to: "/", title: "companies", icon: "building-2", right: "console.look" },
  { to: "/appeals", title: "appeals", icon: "inbox", right: "console.answer" },
  { to: "/health", title: "health", icon: "chart-column", right: "console.look" },
  { to: "/announcements", title: "announcements", icon: "message-square", right: "console.look" },
  { to: "/plans", title: "plans", icon: "wallet", right: "console.look" },
  { to: "/operators", title: "operators", icon: "users", right: "console.rule" },
  { to: "/audit", title: "audit", icon: "list-ordered", right: "console.look" },
];

/** The frame around every screen of the console. */
export function Frame() {
  return (
    <Boundary>
      <Suspense fallback={<Waiting rows={4} />}>
        <Framed />
      </Suspense>
    </Boundary>
  );
}

function Framed() {
  const { t } = useTranslation("console");
  const { t: common } = useTranslation("app");
  const me = useOperator();
  const address = useRouterState({ select: (state) => state.location.pathname });
  const isHere = (to: string) =>
    to === "/" ? address === "/" || address.startsWith("/companies") : address.startsWith(to);
  return (
    <div className="con">
      <a className="con-skip" href="#main">
        {common("skip")}
      </a>
      <header className="con-bar">
        <span className="con-logo" aria-hidden>
          П
        </span>
        <nav className="con-nav" aria-label={t("nav")}>
          {PLACES.filter(({ right }) => may(me, right)).map(({ to, title, icon }) => (
            <Link
              key={to}
              to={to as never}
              className={isHere(to) ? "con-i on" : "con-i"}
              aria-current={isHere(to) ? "page" : undefined}
              data-testid={`console-${title}`}
            >
              <Icon name={icon} />
              {t(title)}
            </Link>
          ))}
        </nav>
        <Account name={me.full_name} role={me.role_title} />
      </header>
      <main id="main" className="con-main" tabIndex={-1}>
        <Boundary at={address}>
          <Suspense fallback={<Waiting />}>
            <Outlet />
          </Suspense>
        </Boundary>
      </main>
    </div>
  );
}

function Account({ name, role }: { name: string; role: string }) {
  const { t } = useTranslation("console");
  const { t: common } = useTranslation("app");
  const { theme } = useStore(look);
  const navigate = useNavigate();
  const themes = [
    ["system", common("themeSystem"), "monitor"],
    ["light", common("themeLight"), "sun"],
    ["dark", common("themeDark"), "moon"],
  ] as const;
  return (
    <Menu
      label={common("account")}
      alignEnd
      width={248}
      items={[
        ...themes.map(([code, title, icon], index) => ({
          key: code,
          title,
          icon,
          checked: theme === code,
          before: index === 0 ? t("theme") : undefined,
          run: () => chooseTheme(code),
        })),
        {
          key: "account",
          title: t("account"),
          icon: "shield-check" as const,
          before: `${name}, ${role}`,
          run: () => void navigate({ to: "/account" } as never),
        },
        { key: "out", title: t("signOut"), icon: "log-out" as const, run: () => void leave() },
      ]}
      trigger={(open) => (
        <button type="button" className="btn con-me" data-testid="console-me" {...open}>
          <Icon name="circle-user-round" />
          <span className="el con-name">{name}</span>
        </button>
      )}
    />
  );
}
