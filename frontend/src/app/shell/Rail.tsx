import { Link, useRouterState } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { MenuEntry } from "../../api/contract";
import { useMe } from "../../core/session/session";
import { countText } from "../../ui/format";
import { Icon, type IconName, iconNamed } from "../../ui/icon";
import { CompanyMenu } from "./CompanyMenu";
import "../words";

interface RailProps {
  folded: boolean;
  onFold: (() => void) | null;
  onHelp: () => void;
}

function grouped(menu: MenuEntry[]): [string, MenuEntry[]][] {
  const groups = new Map<string, MenuEntry[]>();
  for (const entry of menu) groups.set(entry.group, [...(groups.get(entry.group) ?? []), entry]);
  return [...groups];
}

/** Modules that the company has switched on and this person may see. */
export function Rail({ folded, onFold, onHelp }: RailProps) {
  const { t } = useTranslation("app");
  const me = useMe();
  return (
    <aside className="rail">
      <CompanyMenu folded={folded} />
      <nav aria-label={t("menu")}>
        <RailLink to="/" icon="sun" title={t("myDay")} folded={folded} code="home" />
        <RailLink to="/waiting" icon="inbox" title={t("waiting")} folded={folded} code="waiting" />
        {grouped(me.menu).map(([group, entries]) => (
          <div key={group}>
            <div className="rail-grp">{folded ? "" : group}</div>
            {entries.map((entry) => (
              <RailLink
                key={entry.code}
                to={entry.route}
                icon={iconNamed(entry.icon)}
                title={entry.title}
                count={entry.count}
                folded={folded}
                code={entry.code}
              />
            ))}
          </div>
        ))}
      </nav>
      <div className="rail-foot">
        <RailLink
          to="/settings"
          icon="settings"
          title={t("settings")}
          folded={folded}
          code="settings"
        />
        <button
          type="button"
          className="nav-i"
          onClick={onHelp}
          title={t("help")}
          aria-label={t("help")}
          data-testid="rail-help"
        >
          <Icon name="circle-help" />
          {!folded && <span className="el">{t("help")}</span>}
        </button>
        {onFold && (
          <button
            type="button"
            className="nav-i"
            onClick={onFold}
            title={folded ? t("expand") : t("collapse")}
            aria-label={folded ? t("expand") : t("collapse")}
          >
            <Icon name="panel-left" />
            {!folded && <span className="el">{t("collapse")}</span>}
          </button>
        )}
      </div>
    </aside>
  );
}

interface RailLinkProps {
  to: string;
  icon: IconName;
  title: string;
  count?: number | null;
  folded: boolean;
  code: string;
}

function RailLink({ to, icon, title, count, folded, code }: RailLinkProps) {
  const address = useRouterState({ select: (state) => state.location.pathname });
  const here = to === "/" ? address === "/" : address === to || address.startsWith(`${to}/`);
  return (
    <Link
      to={to as never}
      className={here ? "nav-i on" : "nav-i"}
      aria-current={here ? "page" : undefined}
      title={folded ? title : undefined}
      aria-label={title}
      data-testid={`rail-${code}`}
    >
      <Icon name={icon} />
      {!folded && <span className="el">{title}</span>}
      {!folded && count ? <span className="cnt">{countText(count)}</span> : null}
    </Link>
  );
}
