import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { IconName } from "../../ui/icon";
import { inOtherLayout, plain } from "../../ui/layout";
import { type Finder, useFinders } from "../entities/house";
import type { Found } from "../entities/module";
import { useSettled } from "../people/people";

/** What one finder has found, under its heading. */
export interface FoundGroup {
  code: string;
  title: string;
  icon: IconName;
  cards: Found[];
}

async function look(
  finders: Finder[],
  text: string,
  own: string,
  signal: AbortSignal,
): Promise<FoundGroup[]> {
  const all = await Promise.all(
    finders.map(async ({ code, title, icon, find }) => {
      const cards = await find(text, signal);
      return { code, title, icon, cards: cards.filter((one) => one.key !== own) };
    }),
  );
  return all.filter((group) => group.cards.length > 0);
}

/** Of cards found for former letters, those that answer to the letters of now: Enter must not take another. */
function answering(groups: FoundGroup[], text: string): FoundGroup[] {
  const fits = (one: Found) => plain(`${one.title} ${one.note}`).includes(plain(text));
  return groups
    .map((group) => ({ ...group, cards: group.cards.filter(fits) }))
    .filter((group) => group.cards.length > 0);
}

/** Cards of every kind that answer to the text, never the card itself; in the other layout when nothing does. */
export function useFoundCards(text: string, own: string) {
  const finders = useFinders();
  const settled = useSettled(text.trim());
  const query = useQuery({
    queryKey: ["links", "found", own, settled],
    staleTime: 5_000,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const found = await look(finders, settled, own, signal);
      if (found.length > 0 || !settled) return found;
      return look(finders, inOtherLayout(settled), own, signal);
    },
  });
  const fresh = settled === text.trim() && !query.isPlaceholderData;
  const groups = query.data ?? [];
  return {
    groups: fresh ? groups : answering(groups, text.trim()),
    isError: query.isError,
    settled: fresh && query.isFetched,
  };
}
