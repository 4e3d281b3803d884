"""The one filter for every door: which cards a scope reaches.

The same filter can be read from two sides (docs/decisions/0006-lists-from-the-smaller-side.md): a card is asked
whether somebody holds a part in it, or the parts of a person name his cards. One card is always asked; a list is read
from the parts while they are few.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BigIntegerField, Exists, OuterRef, Q, QuerySet

from core.compiled import Among, Slot
from core.entities.models import Entity, Participant
from core.errors import NotFound

from .ways import AskedOfEach, all_of, any_of, bars, own, published, ways

E = TypeVar("E", bound=Entity)

# Up to so many parts are read and sorted whole, within about 20 ms. Whoever holds more meets one of his cards so often
# that walking an ordered index card by card fills a page sooner.
FEW_PARTS = 10_000
# Whoever counts reads all that is there anyway: looking so many cards up one by one takes no longer than going through
# a million of them to meet his.
FEW_TO_COUNT = 30_000


def within(actor: Any, permission: Any, cards: QuerySet[E]) -> QuerySet[E]:
    """Narrow a queryset of cards to those that a permission of the actor reaches."""
    scope = actor.scope_of(permission)
    if scope is None:
        return cards.none()
    return cards.filter(all_of(bars(actor, permission)), any_of(ways(actor, permission, scope)))


def visible(actor: Any, kind: Any) -> QuerySet[Any]:
    """Cards of a kind that the actor may see, without those in the trash."""
    return within(actor, kind.view, kind.model.objects.filter(trashed_at__isnull=True))


def visible_rows(actor: Any, kind: Any, asked: type[Exists] = AskedOfEach) -> QuerySet[Entity]:
    """The same cards over the common table alone: what lists and counts need, without a join.

    `asked` says how a card is asked when there are too many parts to begin with: one by one until a page is full, or
    by `Exists`, which PostgreSQL may answer for all at once, when most of them are counted.
    """
    rows = _living(kind)
    parts = _parts(actor, kind)
    if parts is None:
        return within(actor, kind.view, rows)
    if _are_few([held.values("entity") for held in parts], _few_for(asked)):
        return _from_parts(rows.filter(all_of(bars(actor, kind.view))), parts)
    if len(parts) > 1:
        # The parts of a department would be read anew for each side of the condition.
        return within(actor, kind.view, rows)
    return rows.filter(any_of([published(actor)]), asked(parts[0].filter(entity=OuterRef("pk"))))


def few_ids(actor: Any, kind: Any, most: int) -> QuerySet[Any] | None:
    """Ids of cards among which are all those of a kind that the actor may see, when there are at most `most`.

    A place to begin from, not the answer: whether each may be seen, is still to be asked.
    """
    scope = actor.scope_of(kind.view)
    ids: list[QuerySet[Any, Any]]
    if scope == "own":
        living = Entity.objects.filter(trashed_at__isnull=True)
        ids = [living.filter(**{column: actor.principal_id}).values("pk") for column in ("author", "responsible")]
    else:
        ids = [held.values("entity") for held in _parts(actor, kind) or ()]
    if not ids or not _are_few(ids, most):
        return None
    return ids[0].order_by().union(*(held.order_by() for held in ids[1:]), all=True) if len(ids) > 1 else ids[0]


def own_rows(actor: Any, kind: Any) -> QuerySet[Entity]:
    """Common rows of what the actor wrote or answers for: every scope of the right to see reaches these."""
    if actor.scope_of(kind.view) is None:
        return Entity.objects.none()
    return _living(kind).filter(any_of([own(actor)]), any_of([published(actor)]))


def rows_with_part(actor: Any, kind: Any, parts: Iterable[str], asked: type[Exists] = AskedOfEach) -> QuerySet[Entity]:
    """Common rows of visible cards in which the actor himself holds one of the parts; that alone makes them visible
    to him in every scope but «own». `asked` as for `visible_rows`."""
    scope = actor.scope_of(kind.view)
    if scope is None:
        return Entity.objects.none()
    rows = own_rows(actor, kind) if scope == "own" else _living(kind).filter(any_of([published(actor)]))
    held = Participant.objects.filter(principal=actor.principal_id, part__in=list(parts))
    if _are_few([held.values("entity")], _few_for(asked)):
        return _from_parts(rows, [held])
    return rows.filter(asked(held.filter(entity=OuterRef("pk"))))


@dataclass(frozen=True)
class Somebody:
    """Stands for any actor of one scope while a query is compiled: his ids are slots."""

    scope: str | None
    principal_id: Slot
    department_id: Slot | None
    kind: str = "employee"

    def scope_of(self, permission: Any) -> str | None:
        return self.scope


def shape_of(actor: Any, permission: Any) -> tuple[str | None, bool]:
    """What of an actor changes the text of a compiled query: his scope, and whether he has a department."""
    return actor.scope_of(permission), actor.department_id is not None


def somebody(scope: str | None, has_department: bool) -> Somebody:
    """The stand-in for actors of a shape; `slots_of` gives the values when the query runs."""
    number = BigIntegerField()
    return Somebody(scope, Slot("me", number), Slot("my_department", number) if has_department else None)


def slots_of(actor: Any) -> dict[str, int | None]:
    return {"me": actor.principal_id, "my_department": actor.department_id}


def visible_card(actor: Any, kind: Any, card_id: int) -> Any:
    """One visible card of a kind; NotFound both when it does not exist and when it may not be known."""
    card = visible(actor, kind).filter(pk=card_id).first()
    if card is None:
        raise NotFound()
    return card


def reaches(actor: Any, permission: Any, card: Entity) -> bool:
    """Whether a permission of the actor reaches one card."""
    scope = actor.scope_of(permission)
    if scope is None or not _is_open_to(actor, permission, card):
        return False
    if scope == "all" or actor.principal_id in (card.author_id, card.responsible_id):
        return True
    if scope == "own":
        return False
    return within(actor, permission, Entity.objects.filter(pk=card.pk)).exists()


def _living(kind: Any) -> QuerySet[Entity]:
    return Entity.objects.filter(kind=kind.code, trashed_at__isnull=True)


def _parts(actor: Any, kind: Any) -> list[QuerySet[Participant]] | None:
    """Parts that show cards of a kind to the actor; None when his scope does not go by parts."""
    scope = actor.scope_of(kind.view)
    if scope in (None, "own", "all") or kind.view.decides:
        return None
    return [Participant.objects.filter(way.part) for way in ways(actor, kind.view, scope)]


def _is_open_to(actor: Any, permission: Any, card: Entity) -> bool:
    """The same asked of one card that has been read."""
    if actor.kind == "system" or not (card.is_draft or card.is_private):
        return True
    return Entity.objects.filter(all_of(bars(actor, permission)), pk=card.pk).exists()


def _few_for(asked: type[Exists]) -> int:
    return FEW_PARTS if asked is AskedOfEach else FEW_TO_COUNT


def _are_few(parts: Sequence[QuerySet[Any]], most: int) -> bool:
    left = most
    for held in parts:
        left -= held.order_by()[: left + 1].count()
        if left < 0:
            return False
    return True


def _from_parts(rows: QuerySet[Entity], parts: list[QuerySet[Participant]]) -> QuerySet[Entity]:
    named = (Q(Among("pk", ArraySubquery(held.order_by().values("entity")))) for held in parts)
    return rows.filter(reduce(or_, named))
