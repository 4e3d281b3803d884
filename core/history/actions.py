"""Putting back what stood in a card before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from core.access.actor import Actor
from core.entities.kinds import EntityKind
from core.entities.locks import lock
from core.entities.models import Entity
from core.errors import NotFound, Refused
from core.events.bus import emit
from core.events.models import Fact
from core.verb import verb

from .errors import NothingToRestore, NotYoursToRestore, TooLongAgo
from .events import ValuesRestored
from .queries import STATUS, Line, facts_of, keeper_of, returning, told_lines

# Reading further back would take longer than typing the old values.
MOST_FACTS = 2_000


@dataclass(frozen=True)
class Restored:
    """Labels of fields that have their former values again, and of changed ones that cannot have them."""

    fields: tuple[str, ...]
    left: tuple[str, ...]


@verb
def take_back(card: Entity, kind: EntityKind, *, fact_id: int, fields: Iterable[str], by: Actor) -> Restored:
    """Give fields the values that they had before one line of the history; all fields of the line when none is named.

    Errors: NotYoursToRestore, NotFound, NothingToRestore, and whatever the card's own verbs refuse.
    """
    card = _held(card, kind, by)
    fact = facts_of(card, by).filter(pk=fact_id).first()
    if fact is None:
        raise NotFound()
    wanted = set(fields)
    (lines,) = told_lines([fact], kind, by).values()
    chosen = [line for line in lines if not wanted or line.field in wanted]
    return _put_back(card, kind, chosen, fact_id, by, gently=len(chosen) > 1)


@verb
def turn_back(card: Entity, kind: EntityKind, *, fact_id: int, by: Actor) -> Restored:
    """Give all fields the values that stood right after one line of the history.

    Errors: NotYoursToRestore, NotFound, TooLongAgo, NothingToRestore, and whatever the card's own verbs refuse.
    """
    card = _held(card, kind, by)
    if not facts_of(card, by).filter(pk=fact_id).exists():
        raise NotFound()
    later: list[Fact] = list(facts_of(card, by).filter(pk__gt=fact_id).order_by("pk")[: MOST_FACTS + 1])
    if len(later) > MOST_FACTS:
        raise TooLongAgo()
    told = told_lines(later, kind, by)
    first: dict[str, Line] = {}
    for fact in later:
        for line in told[fact.pk]:
            first.setdefault(line.field, line)
    return _put_back(card, kind, list(first.values()), fact_id, by, gently=True)


def _held(card: Entity, kind: EntityKind, by: Actor) -> Entity:
    if not kind.is_owned(by, card):
        raise NotYoursToRestore()
    if kind.lifecycle and kind.lifecycle.hold:
        kind.lifecycle.hold()
    card = lock(card)
    if not kind.is_owned(by, card):
        raise NotYoursToRestore()
    return card


def _put_back(card: Entity, kind: EntityKind, lines: list[Line], fact_id: int, by: Actor, *, gently: bool) -> Restored:
    """With `gently` what the doer may not change stays behind, as does a status into which no move leads now, and the
    other fields go back."""
    able = [line for line in lines if line.back and keeper_of(line.field, kind)]
    if gently:
        able = [*filter(returning(card, kind, by), able)]
    if gently and kind.lifecycle and kind.lifecycle.alone:
        able = [line for line in able if line.field != STATUS or line.back[0]["base"] == card.status]
    before = card.version
    moves = [line for line in able if line.field == STATUS]
    _keep(card, kind, [line for line in able if line not in moves], by)
    # A card moves last: what else is put back may move it itself.
    try:
        with transaction.atomic():
            _keep(card, kind, moves, by)
    except Refused:
        if not gently:
            raise
        able = [line for line in able if line not in moves]
    card = _fresh(card)
    if card.version == before:
        raise NothingToRestore()
    emit(ValuesRestored(card.ref, line=fact_id, fields=tuple(line.field for line in able)), by=by)
    done, left = _labels(able), _labels(line for line in lines if line not in able)
    return Restored(done, left)


def _keep(card: Entity, kind: EntityKind, lines: list[Line], by: Actor) -> None:
    by_keeper: dict[Any, dict[str, Any]] = {}
    for line in lines:
        by_keeper.setdefault(keeper_of(line.field, kind), {})[line.field] = line.back[0]
    for keeper, values in by_keeper.items():
        keeper(_fresh(card), values, by)


def _fresh(card: Entity) -> Entity:
    """The card as the verb before has left it."""
    return type(card)._default_manager.get(pk=card.pk)


def _labels(lines: Iterable[Line]) -> tuple[str, ...]:
    named: Mapping[str, None] = dict.fromkeys(line.label for line in lines)
    return tuple(named)
