import type { RoutedKind } from "../../../api/routes";
import type { NameOf } from "./names";
import type { Scheme, Stage } from "./scheme";

/** What is done to stages, by the canvas and by the list alike. */
export interface StageDeeds {
  select: (code: string | null) => void;
  add: (after: string | null) => void;
  beside: (code: string) => void;
  remove: (code: string) => void;
  change: (code: string, change: Partial<Stage>) => void;
  draw: (scheme: Scheme) => void;
}

/** What both show of them. */
export interface StagesProps {
  kind: RoutedKind;
  scheme: Scheme;
  /** Why no card could go along a stage, by its code. */
  faults: Record<string, string>;
  nameOf: NameOf;
  selected: string | null;
  deeds: StageDeeds;
}
