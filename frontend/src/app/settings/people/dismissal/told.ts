import type { HandoverOut, HandoverPieceOut } from "../../../../api/generated/company/types.gen";

/** What the server tells of a dismissal, and of one sort of things. */
export type Handover = HandoverOut;
export type HandoverPiece = HandoverPieceOut;
