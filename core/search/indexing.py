"""Reading cards and writing what can be searched of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.access.limits import closed_to_somebody
from core.entities.kinds import EntityKind
from core.entities.models import Entity
from core.registry import registry

from .queries import write_documents
from .rules import LONGEST_PART, bounded, indexed, kind_mark, number_marks

FILE = "file"


@dataclass
class Texts:
    """What of one card can be searched: by the place where it stands (`text`, `comment`, `file`)."""

    kind: EntityKind
    number: str
    title: str
    places: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def texts_of(cards: Iterable[Any]) -> dict[int, Texts]:
    """Texts of cards, rows with `pk`, `kind`, `number` and `title`, by id; a few queries for each kind among them."""
    found: dict[int, Texts] = {}
    by_kind: dict[str, list[int]] = defaultdict(list)
    for card in cards:
        if kind := registry.kind(card.kind):
            found[card.pk] = Texts(kind, card.number, card.title)
            by_kind[card.kind].append(card.pk)
    for code, ids in by_kind.items():
        for place, read in _readers(registry.kind_of(code)):
            for pk, texts in read(ids).items():
                found[pk].places[place] += texts
    return found


def index(card_ids: Sequence[int]) -> None:
    """Write documents of cards anew; those of cards in the trash stay as they were, and are not found."""
    cards = Entity.objects.filter(pk__in=list(card_ids), trashed_at__isnull=True).order_by("pk")
    found = texts_of(cards.values_list("pk", "kind", "number", "title", named=True))
    if found:
        write_documents([_document(pk, texts) for pk, texts in found.items()])


def _readers(kind: EntityKind) -> Iterable[tuple[str, Any]]:
    if kind.search:
        yield "text", kind.search.texts
    if searched := [field for field in kind.fields if field.searched]:
        shut = closed_to_somebody(kind.code)
        yield from (("text", field.searched) for field in searched if field.code not in shut)
    for trait in registry.traits_of(kind.model):
        if trait.searched:
            yield trait.search_place, trait.searched


def _document(pk: int, texts: Texts) -> tuple[int, str, str, str, str]:
    open_places = {place: told for place, told in texts.places.items() if place != FILE or texts.kind.files is None}
    hidden = texts.places.get(FILE, []) if texts.kind.files else []
    marks = " ".join([kind_mark(texts.kind.code), *number_marks(texts.number)])
    head = indexed(f"{texts.number} {texts.title}")
    body = " ".join(_words(told) for told in open_places.values())
    return pk, marks, head, body, _words(hidden)


def _words(texts: Iterable[str]) -> str:
    return " ".join(indexed(text) for text in bounded(texts, LONGEST_PART))
