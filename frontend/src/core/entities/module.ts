import type { ComponentType } from "react";
import type { IconName } from "../../ui/icon";
import { createStore } from "../../ui/store";
import type { CardKind } from "./kind";

/** What a module gives to the application; found by scanning the folder, never listed by hand. */
export interface FrontModule {
  /** The same code as in the server's manifest. */
  code: string;
  icon?: IconName;
  kinds: CardKind[];
  routes: ModuleRoute[];
  composers: Composer[];
  /** Screens besides the one in the menu: the palette leads to them. */
  places?: Place[];
  /** Rows that a picker of cards finds by text; the palette asks the search over all cards. */
  search?: (text: string, signal: AbortSignal) => Promise<Found[]>;
}

export interface Place {
  title: string;
  icon: IconName;
  to: string;
}

export interface ModuleRoute {
  path: string;
  load: () => Promise<{ Screen: ComponentType }>;
  children?: ModuleRoute[];
}

export interface Composer {
  code: string;
  title: string;
  /** How a card offers to make one tied to it: «Создать связанную задачу». */
  linkedTitle?: string;
  load: () => Promise<{ Composer: ComponentType<ComposerProps> }>;
}

export interface ComposerProps {
  onClose: () => void;
  /** Told of each card made, by its address: `tasks.task/12`. */
  onMade?: ((ref: string) => void) | undefined;
}

export interface Found {
  key: string;
  title: string;
  note: string;
  to: string;
}

/** Which composer is open over the page; any screen may open it. */
export const openComposer = createStore<string | null>(null);

/** What to do with the cards that the open composer makes. */
export const afterMade = createStore<((ref: string) => void) | null>(null);

/** Open a composer and be told of what it makes. */
export function compose(code: string, onMade: (ref: string) => void): void {
  afterMade.set(onMade);
  openComposer.set(code);
}

export function closeComposer(): void {
  openComposer.set(null);
  afterMade.set(null);
}
