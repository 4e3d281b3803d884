import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useComposers } from "../../core/entities/house";
import { openComposer } from "../../core/entities/module";
import { leave, useMe } from "../../core/session/session";
import { type IconName, iconNamed } from "../../ui/icon";
import { inOtherLayout, plain } from "../../ui/layout";
import { chooseDensity, chooseTheme } from "../../ui/theme";
import { visibleSections } from "../settings/sections";
import "../words";

/** One line of the palette. */
export interface Command {
  key: string;
  title: string;
  note?: string;
  icon: IconName;
  run: () => void;
}

/** Where one can go and what one can do from anywhere. */
export function useCommands(): { places: Command[]; deeds: Command[] } {
  const { t } = useTranslation("app");
  const { t: settings } = useTranslation("settings");
  const me = useMe();
  const navigate = useNavigate();
  const composers = useComposers();
  const go = (to: string) => () => void navigate({ to } as never);
  const places: Command[] = [
    { key: "home", title: t("myDay"), icon: "sun", run: go("/") },
    ...me.menu.map((entry) => ({
      key: `go-${entry.code}`,
      title: entry.title,
      note: entry.group,
      icon: iconNamed(entry.icon),
      run: go(entry.route),
    })),
    ...visibleSections(me).map((section) => ({
      key: `settings-${section.code}`,
      title: settings(section.code),
      note: t("settings"),
      icon: section.icon,
      run: go(section.to),
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
    { key: "out", title: t("signOut"), icon: "log-out", run: () => void leave() },
  ];
  return { places, deeds };
}

/** Words of the request in any order, in either layout. */
export function answers(command: Command, text: string): boolean {
  const title = plain(`${command.title} ${command.note ?? ""}`);
  return [text, inOtherLayout(text)].some((request) =>
    plain(request)
      .split(/\s+/)
      .every((word) => title.includes(word)),
  );
}
