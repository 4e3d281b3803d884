import { Link, useRouterState } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { unreadText, useUnread } from "../../core/notices/notices";
import { useMe } from "../../core/session/session";
import { Icon, type IconName, iconNamed } from "../../ui/icon";
import { Menu, type MenuItem } from "../../ui/menu";
import "../words";
import { useNavigate } from "@tanstack/react-router";
import { helpOpen } from "../help/help";
import { useUserItems } from "./UserMenu";

interface PhoneBarProps {
  onSearch: () => void;
  /** Null when no module that is on makes anything: the others take the room. */
  onCreate: (() => void) | null;
}

/** Five places within reach of a thumb. */
export function PhoneBar({ onSearch, onCreate }: PhoneBarProps) {
  const { t } = useTranslation("app");
  const me = useMe();
  const navigate = useNavigate();
  const user = useUserItems();
  const unread = useUnread();
  const [first, ...rest] = me.menu;
  const more: MenuItem[] = [
    {
      key: "waiting",
      title: t("waiting"),
      icon: "inbox" as const,
      run: () => void navigate({ to: "/waiting" } as never),
    },
    {
      key: "notices",
      title: unread > 0 ? `${t("notices")} · ${unreadText(unread)}` : t("notices"),
      icon: "bell" as const,
      run: () => void navigate({ to: "/notices" } as never),
    },
    ...rest.map((entry) => ({
      key: entry.code,
      title: entry.title,
      icon: iconNamed(entry.icon),
      run: () => void navigate({ to: entry.route } as never),
    })),
    {
      key: "settings",
      title: t("settings"),
      icon: "settings" as const,
      run: () => void navigate({ to: "/settings" } as never),
    },
    {
      key: "help",
      title: t("help"),
      icon: "circle-help" as const,
      run: () => helpOpen.set("home"),
    },
    ...user,
  ];
  return (
    <nav className="p-bar" aria-label={t("menu")}>
      <PhoneLink to="/" icon="sun" title={t("myDay")} code="home" />
      {first && (
        <PhoneLink
          to={first.route}
          icon={iconNamed(first.icon)}
          title={first.title}
          count={first.count}
          code={first.code}
        />
      )}
      {onCreate && (
        <button type="button" onClick={onCreate} aria-label={t("create")} data-testid="create-task">
          <span className="plus">
            <Icon name="plus" size={22} />
          </span>
        </button>
      )}
      <button type="button" onClick={onSearch}>
        <Icon name="search" size={22} />
        {t("searchShort")}
      </button>
      <Menu
        label={t("more")}
        items={more}
        trigger={(open) => (
          <button type="button" {...open} data-testid="user-menu">
            <Icon name="menu" size={22} />
            {t("more")}
            {unread > 0 && <span className="dot num">{unreadText(unread)}</span>}
          </button>
        )}
      />
    </nav>
  );
}

interface PhoneLinkProps {
  to: string;
  icon: IconName;
  title: string;
  count?: number | null;
  code: string;
}

function PhoneLink({ to, icon, title, count, code }: PhoneLinkProps) {
  const address = useRouterState({ select: (state) => state.location.pathname });
  const here = to === "/" ? address === "/" : address.startsWith(to);
  return (
    <Link
      to={to as never}
      className={here ? "on" : ""}
      aria-current={here ? "page" : undefined}
      data-testid={`rail-${code}`}
    >
      <Icon name={icon} size={22} />
      {title}
      {count ? <span className="dot num">{count > 99 ? "99+" : count}</span> : null}
    </Link>
  );
}
