import type { HandoverOut, HandoverPieceOut } from "../../../../api/generated/company/types.gen";
import { i18next } from "../../../../ui/texts";
import "./words";

/** What the server tells of a dismissal, and of one sort of things. */
export type Handover = HandoverOut;
export type HandoverPiece = HandoverPieceOut;

/**
 * How far it has come, in words: how much went to others, and which sorts of things are gone through still. What stays
 * where it is is not looked at, nor is it named.
 */
export function sayRunning({ given, remaining, pieces }: Handover): string {
  const open = pieces.filter((piece) => piece.fate !== "stays" && piece.count > piece.left);
  const what = open.map(({ title, count, left }) => `${title} — ${count - left}`).join(", ");
  const gone = i18next.t("dismissal:runningGiven", { given });
  if (remaining === 0 || !what) return gone;
  return `${gone} ${i18next.t("dismissal:runningLeft", { what })}`;
}
