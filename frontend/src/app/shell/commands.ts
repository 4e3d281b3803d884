import { useQueries } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useComposers, useKinds, usePlaces } from "../../core/entities/house";
import { openComposer } from "../../core/entities/module";
import { viewsOf } from "../../core/groups/groups";
import type { Command, Commands } from "../../core/palette/command";
import { useOffered } from "../../core/palette/offered";
import { hrefOf } from "../../core/saved_views/views";
import { leave, useMe } from "../../core/session/session";
import { iconNamed } from "../../ui/icon";
import { chooseDensity, chooseTheme } from "../../ui/theme";
import { helpOpen } from "../help/help";
import { visibleSections } from "../settings/sections";
import "../words";
import { moveTo, useCompanies } from "./CompanyMenu";

/** Where one can go and what one can do from anywhere. */
export function useCommands(onKeys: () => void): Commands {
  const { t } = useTranslation("app");
  const { t: settings } = useTranslation("settings");
  const me = useMe();
  const navigate = useNavigate();
  const composers = useComposers();
  const others = useCompanies().filter((place) => !place.current);
  const leading = (to: string) => ({ to, run: () => void navigate({ to } as never) });
  const places: Command[] = [
    { key: "home", title: t("myDay"), icon: "sun", ...leading("/") },
    { key: "waiting", title: t("waiting"), icon: "inbox", ...leading("/waiting") },
    ...me.menu.map((entry) => ({
      key: `go-${entry.code}`,
      title: entry.title,
      note: entry.group,
      icon: iconNamed(entry.icon),
      ...leading(entry.route),
    })),
    ...usePlaces().map((place) => ({
      key: `place-${place.to}`,
      title: place.title,
      note: place.module,
      icon: place.icon,
      ...leading(place.to),
    })),
    { key: "notices", title: t("notices"), icon: "bell", ...leading("/notices") },
    ...useKeptViews().map((view) => ({ ...view, ...leading(view.to) })),
    ...visibleSections(me).map((section) => ({
      key: `settings-${section.code}`,
      title: settings(section.code),
      note: t("settings"),
      icon: section.icon,
      ...leading(section.to),
    })),
  ];
  const deeds: Command[] = [
    ...composers.map((composer) => ({
      key: `create-${composer.code}`,
      title: `${t("create")}: ${composer.title.toLowerCase()}`,
      note: "C",
      icon: "plus" as const,
      run: () => openComposer.set(composer.code),
    })),
    { key: "light", title: t("themeLight"), icon: "sun", run: () => chooseTheme("light") },
    { key: "dark", title: t("themeDark"), icon: "moon", run: () => chooseTheme("dark") },
    { key: "system", title: t("themeSystem"), icon: "monitor", run: () => chooseTheme("system") },
    {
      key: "wide",
      title: t("densityComfortable"),
      icon: "menu",
      run: () => chooseDensity("comfortable"),
    },
    { key: "tight", title: t("densityCompact"), icon: "list", run: () => chooseDensity("compact") },
    ...others.map((place) => ({
      key: `company-${place.slug}`,
      title: t("moveTo", { name: place.name }),
      icon: "building-2" as const,
      run: () => void moveTo(place.slug),
    })),
    { key: "help", title: t("help"), icon: "circle-help", run: () => helpOpen.set("home") },
    { key: "keys", title: t("keys"), note: "?", icon: "list", run: onKeys },
    { key: "out", title: t("signOut"), icon: "log-out", run: () => void leave() },
  ];
  return { here: useOffered(), places, deeds };
}

/** Views that the person keeps or is shown, of every list. */
function useKeptViews(): { key: string; title: string; note: string; icon: "list"; to: string }[] {
  const kinds = useKinds();
  const found = useQueries({ queries: kinds.map(({ kind }) => viewsOf(kind)) });
  return found.flatMap(({ data }, place) => {
    const at = kinds[place];
    if (!at || !data) return [];
    return data.results.map((view) => ({
      key: `view-${view.id}`,
      title: view.title,
      note: at.module,
      icon: "list" as const,
      to: hrefOf(at.kind, view),
    }));
  });
}
