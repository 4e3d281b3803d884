import { Link } from "@tanstack/react-router";
import { cutAtNumbers, useNumbered } from "./numbers";

/** A text in which numbers of cards that I see lead to them; it stands on a card of the kind `near`. */
export function Numbered({ text, near }: { text: string; near: string }) {
  return cutAtNumbers(text).map((piece, index) =>
    "asked" in piece ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one immutable string.
      <CardNumber key={index} asked={piece.asked} near={near} />
    ) : (
      piece.text
    ),
  );
}

function CardNumber({ asked, near }: { asked: string; near: string }) {
  const { data: card } = useNumbered(near, asked);
  if (!card) return `#${asked}`;
  return (
    <Link
      to={card.route as never}
      title={`${card.number} ${card.title} · ${card.status_title}`}
      data-testid="card-number"
    >
      #{asked}
    </Link>
  );
}
