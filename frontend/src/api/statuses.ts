import type {
  CardStatusOut,
  KnownStatusOut,
  ReachableOut,
  SchemeOut,
} from "./generated/company/types.gen";

/** Statuses that a company has made of those of a kind, and the moves between them. */
export type OwnStatus = KnownStatusOut;
export type CardStatus = CardStatusOut;
export type StatusMove = CardStatusOut["moves"][number];
/** Where some of many chosen cards may go. */
export type ReachableStatus = ReachableOut;
export type StatusScheme = SchemeOut;
export type StatusSettings = SchemeOut["statuses"][number];
