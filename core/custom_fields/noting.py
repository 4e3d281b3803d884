"""Telling the log of reads which values of recorded fields go into an answer."""

from collections.abc import Collection, Iterable

from core.reads.kinds import FIELDS_SHOWN
from core.reads.noting import note

from .models import Field
from .rules.formulas import readers_of


def recorded_among(fields: Collection[Field]) -> frozenset[int]:
    """Ids of those whose reading is written down: marked ones, and formulas that are counted from such ones."""
    marked = [one for one in fields if one.is_recorded]
    counted = [reader for one in marked for reader in readers_of(one.code, fields)]
    return frozenset(one.pk for one in (*marked, *counted))


def note_values(
    fields: Collection[Field], shown: Iterable[Field], *, card: int | None = None, count: int = 0, how: str = ""
) -> None:
    """Note those of the shown fields that are recorded; `fields` are all of the kind, `count` the cards of a list."""
    known = recorded_among(fields)
    if told := [one.title for one in shown if one.pk in known]:
        note(FIELDS_SHOWN, card=card, detail=f"{how}{', '.join(told)}", count=count or len(told))
