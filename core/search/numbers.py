"""Cards by numbers that stand in somebody's text, `#152` or `#З-152`.

What a number means is the same for all readers, whether they see that card or not: a text must not lead two people to
different cards. Then each is told of those that he sees.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from core.access.actor import Actor
from core.context import enabled_modules
from core.entities.models import Entity
from core.entities.rest.briefs import briefs
from core.registry import registry

from .queries import marked
from .rules import asked_marks, number_marks, number_of

MOST_ASKED = 20
_MOST_FOUND = 500
Row = tuple[int, str, str]


def cards_by_numbers(actor: Actor, asked: Iterable[str], *, near: str) -> dict[str, dict[str, Any]]:
    """Text → the card that it means, in brief, where the actor sees it; what may mean several is left out.

    A part of a number, its digits, means a card of the kind `near`, on whose card the text stands; a whole one any.
    """
    marks = {text: set(asked_marks(text)) for text in asked}
    rows = _found(set().union(*marks.values()))
    meant = {text: pk for text in marks if (pk := _meant(text, marks[text], rows, near)) is not None}
    seen = briefs(actor, meant.values())
    return {text: seen[pk] for text, pk in meant.items() if pk in seen}


def _found(marks: set[str]) -> Sequence[Row]:
    ids = marked(sorted(marks), _MOST_FOUND) if marks else []
    if not ids or len(ids) == _MOST_FOUND:
        # Of so many nobody can say that one is the only one.
        return []
    kinds = [kind.code for kind in registry.live_kinds(enabled_modules())]
    living = Entity.objects.filter(pk__in=ids, kind__in=kinds, trashed_at__isnull=True)
    return list(living.values_list("pk", "kind", "number"))


def _meant(text: str, marks: set[str], rows: Sequence[Row], near: str) -> int | None:
    found = [row for row in rows if marks & set(number_marks(row[2]))]
    whole = [row for row in found if number_of(row[2]) == number_of(text)]
    own = [row for row in found if row[1] == near]
    first = [row for row in own if row in whole] or own or whole
    return first[0][0] if len(first) == 1 else None
