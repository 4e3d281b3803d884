import type { IconName } from "../../ui/icon";
import { createStore, useStore } from "../../ui/store";
import { useMe } from "../session/session";
import type { CardKind } from "./kind";
import type { Composer, Found, FrontModule, Place } from "./module";

/** Cards of one sort that can be found by text. */
export interface Finder {
  code: string;
  /** The heading over what it finds: «Задачи». */
  title: string;
  icon: IconName;
  find: (text: string, signal: AbortSignal) => Promise<Found[]>;
}

/** What the application is put together from; it tells once, so that card tools need not name anybody. */
export interface House {
  modules: FrontModule[];
  /** Cards that every company has, whatever its modules. */
  always: Finder[];
}

export const house = createStore<House>({ modules: [], always: [] });

/** Modules that are on for this person, with their titles, in the order of his menu. */
function useOpen(): { module: FrontModule; title: string }[] {
  const me = useMe();
  const open = useStore(house).modules.flatMap((module) => {
    const mine = me.modules.find((one) => one.code === module.code && one.enabled);
    return mine ? [{ module, title: mine.title }] : [];
  });
  const placeOf = ({ module }: { module: FrontModule }) => {
    const place = me.menu.findIndex((one) => one.code === module.code);
    return place < 0 ? me.menu.length : place;
  };
  return open.sort((one, other) => placeOf(one) - placeOf(other));
}

/** What this person may create. */
export const useComposers = (): Composer[] => useOpen().flatMap(({ module }) => module.composers);

/** What is made by a key: what this place is for, else what comes first. */
export function useMainComposer(address: string): Composer | undefined {
  const all = useOpen();
  const here = all.find(({ module }) =>
    module.kinds.some(({ route }) => address === route || address.startsWith(`${route}/`)),
  );
  return here?.module.composers[0] ?? all.flatMap(({ module }) => module.composers)[0];
}

/** Screens of modules that stand in no menu. */
export const usePlaces = (): (Place & { module: string })[] =>
  useOpen().flatMap(({ module, title }) =>
    (module.places ?? []).map((place) => ({ ...place, module: title })),
  );

/** Kinds of cards of the modules that are on, each with its module's title. */
export const useKinds = (): { kind: CardKind; module: string }[] =>
  useOpen().flatMap(({ module, title }) => module.kinds.map((kind) => ({ kind, module: title })));

/** Where this person may look for cards. */
export function useFinders(): Finder[] {
  const { always } = useStore(house);
  const own = useOpen().flatMap(({ module, title }) => {
    const { code, search, icon = "file-text" } = module;
    return search ? [{ code, title, icon, find: search }] : [];
  });
  return [...own, ...always];
}
