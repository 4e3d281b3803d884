import { useTranslation } from "react-i18next";
import type { Brief, SearchHit } from "../../api/contract";
import { isAsked, searchPage, useLiveSearch, useRecentCards } from "../search/search";
import "../search/words";
import { answering, type Command, type Commands, isNamed } from "./command";
import "./words";

/** One line of the palette: a card (found or opened lately) or a command. */
export type Line = { key: string; to?: string } & (
  | { hit: SearchHit }
  | { card: Brief }
  | { command: Command }
);

export interface Group {
  title: string;
  lines: Line[];
}

const ofCommand = (command: Command): Line => ({
  key: command.key,
  command,
  ...(command.to ? { to: command.to } : {}),
});
const ofHit = (hit: SearchHit): Line => ({ key: hit.card.ref, to: hit.card.route, hit });
const ofCard = (card: Brief): Line => ({ key: card.ref, to: card.route, card });

/** What answers to the text: commands named by it, then cards, then the other commands. */
export function useLines(text: string, { here = [], places, deeds }: Commands) {
  const { t } = useTranslation("palette");
  const { t: search } = useTranslation("search");
  const { answer, error, settled } = useLiveSearch(text);
  const recent = useRecentCards();
  const typed = text.trim();
  const near = (commands: Command[], most: number) =>
    answering(commands, typed).slice(0, most).map(ofCommand);
  const named = (line: Line) => "command" in line && isNamed(line.command, typed);

  const groups: Group[] = [];
  const offered = near(here, 8);
  const goTo = near(places, 6);
  const doing = near(deeds, typed ? 6 : 4);
  if (!typed) groups.push({ title: t("here"), lines: offered });
  if (!typed) groups.push({ title: search("recent"), lines: recent.slice(0, 6).map(ofCard) });
  groups.push({ title: t("first"), lines: [...offered, ...goTo, ...doing].filter(named) });
  const all: Command = {
    key: "search-all",
    title: search("showAll", { text: typed }),
    icon: "search",
    to: searchPage(typed),
    run: () => undefined,
  };
  const hits = (answer?.results ?? []).map(ofHit);
  const nothing = settled && isAsked(typed) && hits.length === 0 && error === null;
  groups.push({
    title: search("found"),
    lines: isAsked(typed) && !nothing ? [...hits, ofCommand(all)] : hits,
  });
  if (typed) groups.push({ title: t("here"), lines: offered.filter((line) => !named(line)) });
  groups.push({ title: t("goTo"), lines: goTo.filter((line) => !named(line)) });
  groups.push({ title: t("commands"), lines: doing.filter((line) => !named(line)) });
  return {
    groups: groups.filter((group) => group.lines.length > 0),
    shownFor: answer?.shown_for ?? "",
    nothing,
    settled,
    error,
  };
}
