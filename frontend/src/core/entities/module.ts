import type { ComponentType } from "react";
import { createStore } from "../../ui/store";
import type { CardKind } from "./kind";

/** What a module gives to the application; found by scanning the folder, never listed by hand. */
export interface FrontModule {
  /** The same code as in the server's manifest. */
  code: string;
  kinds: CardKind[];
  routes: ModuleRoute[];
  composers: Composer[];
  /** Rows the palette finds by text. */
  search?: (text: string, signal: AbortSignal) => Promise<Found[]>;
}

export interface ModuleRoute {
  path: string;
  load: () => Promise<{ Screen: ComponentType }>;
  children?: ModuleRoute[];
}

export interface Composer {
  code: string;
  title: string;
  load: () => Promise<{ Composer: ComponentType<{ onClose: () => void }> }>;
}

export interface Found {
  key: string;
  title: string;
  note: string;
  to: string;
}

/** Which composer is open over the page; any screen may open it. */
export const openComposer = createStore<string | null>(null);
