import { useQuery } from "@tanstack/react-query";
import type { Me, Person } from "../../api/contract";
import type { WatchersOut } from "../../api/generated/company/types.gen";
import { sentenceOf } from "../../api/problem";
import { del, get, post, put } from "../../api/request";
import { complain } from "../../ui/toast";
import { type CardKind, keys } from "../entities/kind";
import { selfOf } from "../people/choice";
import { cache } from "../session/cache";

/** The watchers of which card. */
export interface Place {
  kind: CardKind;
  id: number | string;
}

/** No card has more. */
const MOST = 100;

const pathOf = ({ kind, id }: Place): string => `${kind.path}/${id}/watchers/`;
const keyOf = ({ kind, id }: Place) => keys.watchers(kind, id);

export function useWatchers(place: Place) {
  return useQuery({
    queryKey: keyOf(place),
    queryFn: ({ signal }) => get<WatchersOut>(pathOf(place), { query: { limit: MOST }, signal }),
  });
}

/** Shown at once, taken back when refused; the card and its history are read again. */
async function change(
  place: Place,
  shown: (known: WatchersOut) => WatchersOut,
  send: () => Promise<unknown>,
): Promise<void> {
  const key = keyOf(place);
  await cache.cancelQueries({ queryKey: key });
  const before = cache.getQueryData<WatchersOut>(key);
  cache.setQueryData<WatchersOut>(key, (known) => known && shown(known));
  try {
    await send();
    await cache.invalidateQueries({ queryKey: keys.card(place.kind, place.id) });
  } catch (error) {
    cache.setQueryData(key, before);
    complain(sentenceOf(error));
  }
}

/** Put oneself among the watchers, or take oneself off them. */
export function watchMyself(place: Place, me: Me, on: boolean): Promise<void> {
  const self = selfOf(me);
  return change(
    place,
    (known) => {
      const others = known.results.filter((one) => one.id !== self.id);
      return { ...known, is_watching: on, results: on ? [...others, self] : others };
    },
    () => (on ? post(pathOf(place)) : del(pathOf(place))),
  );
}

/** Name all of them anew. */
export function setWatchers(place: Place, people: Person[]): Promise<void> {
  const watchers = people.map((one) => one.id);
  return change(
    place,
    (known) => ({ ...known, results: people }),
    () => put(pathOf(place), { watchers }),
  );
}
