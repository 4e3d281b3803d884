import type { SearchPiece } from "../../api/contract";

/** A text whose marked pieces are what was asked for. */
export function Pieces({ pieces }: { pieces: SearchPiece[] }) {
  let place = 0;
  return pieces.map((piece) => {
    const key = place;
    place += piece.text.length;
    return piece.marked ? <mark key={key}>{piece.text}</mark> : piece.text;
  });
}
