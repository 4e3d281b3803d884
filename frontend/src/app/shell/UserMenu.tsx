import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { leave, useMe } from "../../core/session/session";
import { Face } from "../../ui/marks";
import { Menu, type MenuItem } from "../../ui/menu";
import { useStore } from "../../ui/store";
import { chooseDensity, chooseTheme, look } from "../../ui/theme";
import "../words";
import { moveTo, useCompanies } from "./CompanyMenu";

/** What the face in the corner opens: how it looks, where I work, the way out. */
export function useUserItems(): MenuItem[] {
  const { t } = useTranslation("app");
  const me = useMe();
  const navigate = useNavigate();
  const { theme, density } = useStore(look);
  const others = useCompanies().filter((place) => !place.current);
  const themes = [
    ["system", t("themeSystem"), "monitor"],
    ["light", t("themeLight"), "sun"],
    ["dark", t("themeDark"), "moon"],
  ] as const;
  return [
    ...themes.map(([code, title, icon], index) => ({
      key: code,
      title,
      icon,
      checked: theme === code,
      before: index === 0 ? t("look") : undefined,
      run: () => chooseTheme(code),
    })),
    {
      key: "comfortable",
      title: t("densityComfortable"),
      icon: "menu",
      checked: density === "comfortable",
      before: "line",
      run: () => chooseDensity("comfortable"),
    },
    {
      key: "compact",
      title: t("densityCompact"),
      icon: "list",
      checked: density === "compact",
      run: () => chooseDensity("compact"),
    },
    ...others.map((place, index) => ({
      key: `company-${place.slug}`,
      title: place.name,
      icon: "building-2" as const,
      before: index === 0 ? t("companies") : undefined,
      run: () => void moveTo(place.slug),
    })),
    {
      key: "security",
      title: t("security"),
      icon: "shield-check",
      before: me.full_name,
      run: () => void navigate({ to: "/settings/security" } as never),
    },
    { key: "out", title: t("signOut"), icon: "log-out", run: () => void leave() },
  ];
}

export function UserMenu() {
  const { t } = useTranslation("app");
  const me = useMe();
  return (
    <Menu
      label={t("account")}
      alignEnd
      width={248}
      items={useUserItems()}
      trigger={(open) => (
        <button
          type="button"
          className="icb face"
          aria-label={`${t("account")}: ${me.full_name}`}
          data-testid="user-menu"
          {...open}
        >
          <Face id={me.id} initials={me.initials} photo={me.photo_url} size="m" />
        </button>
      )}
    />
  );
}
