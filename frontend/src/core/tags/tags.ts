import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { CardTags, Page, Tag } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { get, put } from "../../api/request";
import { complain } from "../../ui/toast";
import { type CardKind, keys } from "../entities/kind";
import { useSettled } from "../people/people";
import { cache } from "../session/cache";

/** The tags of which card. */
export interface Place {
  kind: CardKind;
  id: number;
}

const pathOf = ({ kind, id }: Place): string => `${kind.path}/${id}/tags/`;

export function useCardTags(place: Place) {
  return useQuery({
    queryKey: keys.tags(place.kind, place.id),
    queryFn: ({ signal }) => get<CardTags>(pathOf(place), { signal }),
  });
}

/** Tags of the company that answer to the text. */
export function useFoundTags(text: string) {
  const settled = useSettled(text.trim());
  return useQuery({
    queryKey: ["tags", settled],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const query = { search: settled, limit: 30 };
      return (await get<Page<Tag>>("tags/", { query, signal })).results;
    },
  });
}

/** Changes go one after another: two that overtake each other would end in another set. */
let turns: Promise<unknown> = Promise.resolve();

/** Make the card carry exactly these tags; shown at once, taken back when refused. */
export async function setTags(place: Place, tags: Tag[]): Promise<void> {
  const key = keys.tags(place.kind, place.id);
  const before = cache.getQueryData<CardTags>(key);
  await cache.cancelQueries({ queryKey: key });
  cache.setQueryData<CardTags>(key, (known) => known && { ...known, results: tags });
  const turn = turns.then(() =>
    put<CardTags>(pathOf(place), { tags: tags.map((one) => one.title) }),
  );
  turns = turn.catch(() => undefined);
  try {
    cache.setQueryData(key, await turn);
    void cache.invalidateQueries({ queryKey: ["tags"] });
    void cache.invalidateQueries({ queryKey: keys.card(place.kind, place.id), exact: true });
    void cache.invalidateQueries({ queryKey: keys.history(place.kind, place.id) });
  } catch (error) {
    cache.setQueryData(key, before);
    complain(sentenceOf(error));
  }
}
