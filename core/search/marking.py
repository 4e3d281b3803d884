"""How found cards are told: in a few words, with what was met in them marked, and where."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from core.access.actor import Actor
from core.entities.models import Entity
from core.entities.rest.briefs import briefs

from .finding import FILES, WORDS, Hit
from .indexing import FILE, Texts, texts_of
from .queries import stems_of
from .rules import Lexicon, Marker, Piece, Question, bounded, shown_words

# So many signs of a card's text, comments or files are looked through for what is shown.
_LOOKED_THROUGH = 15_000
# Where a word is looked for first, when it stands in several places.
_ORDER = ("text", "comment", FILE)


def told(actor: Actor, hits: Sequence[Hit], question: Question, lexicon: Lexicon) -> list[dict[str, Any]]:
    """JSON of found cards in their order: {card, number, title, found}. Whoever is not seen any more is left out."""
    cards = briefs(actor, [hit.card_id for hit in hits])
    deep = [hit for hit in hits if hit.card_id in cards and hit.stage in (WORDS, FILES)]
    texts = _texts(deep)
    lines = [line for card in cards.values() for line in (card["number"], card["title"])]
    shown = shown_words([*lines, *(line for one in texts.values() for told in one.values() for line in told)])
    marker = Marker(question, {**stems_of(shown - question.words), **lexicon})
    return [
        {
            "card": cards[hit.card_id],
            "number": _json(marker.number(cards[hit.card_id]["number"])),
            "title": _json(marker.pieces(cards[hit.card_id]["title"])),
            "found": _place(marker, texts.get(hit.card_id, {})),
        }
        for hit in hits
        if hit.card_id in cards
    ]


def _texts(hits: Iterable[Hit]) -> dict[int, dict[str, list[str]]]:
    """Texts of cards by place. Names of files that are not open to everybody are told only where they were met."""
    stages = {hit.card_id: hit.stage for hit in hits}
    if not stages:
        return {}
    rows = Entity.objects.filter(pk__in=stages).values_list("pk", "kind", "number", "title", named=True)
    return {pk: _shown(texts, stages[pk]) for pk, texts in texts_of(rows).items()}


def _shown(texts: Texts, stage: int) -> dict[str, list[str]]:
    places = [FILE] if stage == FILES else [place for place in _ORDER if place != FILE or texts.kind.files is None]
    return {place: list(bounded(texts.places.get(place, []), _LOOKED_THROUGH)) for place in places}


def _place(marker: Marker, texts: dict[str, list[str]]) -> dict[str, Any] | None:
    """The text that has most of what was asked for."""
    best: tuple[int, str, str] = (0, "", "")
    for place in _ORDER:
        for text in texts.get(place, []):
            if (met := marker.met(text)) > best[0]:
                best = (met, place, text)
    return {"place": best[1], "pieces": _json(marker.fragment(best[2]))} if best[0] else None


def _json(pieces: Iterable[Piece]) -> list[dict[str, Any]]:
    return [asdict(piece) for piece in pieces]
