"""Rows of lists as plain dicts, straight from columns: no model is built and nothing is asked per row."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import BigIntegerField, F, Func, JSONField, OuterRef, QuerySet, Subquery, Value
from django.utils import timezone

from core.access.actor import Actor
from core.access.queries import shape_of, slots_of, somebody, visible
from core.compiled import Compiled, Slot, Written, written
from core.entities.kinds import EntityKind
from core.entities.models import Entity, OwnStatus
from core.errors import NotFound
from core.organization.people import people
from core.registry import registry

_COLUMNS = (
    "pk", "number", "title", "status", "state", "author_id", "responsible_id",
    "due_at", "created_at", "changed_at", "version", "priority", "is_private", "is_draft",
)  # fmt: skip


# How the API calls priorities.
PRIORITIES = {choice.value: choice.name.lower() for choice in Entity.Priority}


def tallies_of(kind: EntityKind) -> dict[str, Callable[[], Any]]:
    """Figures that the kind's traits put into each row: name → what makes the subquery."""
    return {name: make for trait in registry.traits_of(kind.model) for name, make in trait.tallies.items()}


def with_tallies(cards: QuerySet, kind: EntityKind) -> QuerySet:
    """The same cards with the figures of `tallies_of`, and as `stands` their status of the company's own."""
    figures = {name: _figure(make) for name, make in tallies_of(kind).items()}
    return cards.annotate(stands=_figure(_own_status), **figures)


def _own_status() -> Subquery:
    """{id, title, color}, null without one; one that has another base is of a former time."""
    told = Func(
        Value("id"), F("pk"), Value("title"), F("title"), Value("color"), F("color"),
        function="json_build_object", output_field=JSONField(),
    )  # fmt: skip
    mine = OwnStatus.objects.filter(pk=OuterRef("own_status"), base=OuterRef("status")).order_by()
    return Subquery(mine.annotate(told=told).values("told"))


@cache
def _figure(make: Callable[[], Any]) -> Written:
    # Compiling two subqueries anew would take a quarter of a list's time.
    return written(Entity.objects.annotate(figure=make()), "figure")


def lean(cards: QuerySet, kind: EntityKind, *more: str) -> QuerySet:
    """Only what a row needs, as named tuples; `more` are the caller's own annotations."""
    return with_tallies(cards, kind).values_list(*_COLUMNS, "stands", *tallies_of(kind), *more, named=True)


class CardReader:
    """Reads one visible card of a kind whole, in a query that is compiled once for each scope of the reader.

    `own` are columns of the kind's table, `around` makes further subqueries over `OuterRef("pk")` by name.
    """

    def __init__(self, *own: str, **around: Callable[[], Any]) -> None:
        self._own, self._around = own, around
        self._compiled = Compiled(self._build)

    def read(self, actor: Actor, kind: EntityKind, card_id: int) -> Any:
        """A named tuple of the row's columns, figures, own columns and what is around; NotFound otherwise."""
        if not actor.may(kind.view):
            # Whoever may create but not see gets the same answer as for a card that is not there.
            raise NotFound()
        shape = shape_of(actor, kind.view)
        found = self._compiled.rows(kind.code, *shape, card_id=card_id, **slots_of(actor))
        if not found:
            raise NotFound()
        return found[0]

    def _build(self, code: str, scope: str | None, has_department: bool) -> QuerySet:
        kind = registry.kind(code)
        if kind is None:
            raise LookupError(code)
        cards = visible(somebody(scope, has_department), kind).filter(pk=Slot("card_id", BigIntegerField()))
        cards = with_tallies(cards, kind).annotate(**{name: make() for name, make in self._around.items()})
        return cards.values_list(*_COLUMNS, "stands", *self._own, *tallies_of(kind), *self._around)


def rows_of(found: Iterable[Any], kind: EntityKind) -> list[dict[str, Any]]:
    """JSON rows of named tuples made by `lean`; one query, for the people of all of them."""
    rows = list(found)
    known = people({who for row in rows for who in (row.author_id, row.responsible_id) if who})
    now, tallies = timezone.now(), tallies_of(kind)
    return [row_of(row, kind, known, now, tallies) for row in rows]


def row_of(
    row: Any, kind: EntityKind, known: dict[int, dict[str, Any]], now: datetime, tallies: Iterable[str]
) -> dict[str, Any]:
    """One JSON row of a named tuple made by `lean` or by a `CardReader`; `known` are the people around."""
    return {
        "id": row.pk,
        "ref": f"{kind.code}/{row.pk}",
        "number": row.number,
        "title": row.title,
        "status": row.status,
        "status_title": row.stands["title"] if row.stands else kind.statuses[row.status],
        "own_status": row.stands,
        "state": row.state,
        "assignee": known.get(row.responsible_id),
        "initiator": known.get(row.author_id),
        "due_at": instant(row.due_at),
        "is_overdue": is_overdue(row, now),
        "created_at": instant(row.created_at),
        "changed_at": instant(row.changed_at),
        "version": row.version,
        "priority": PRIORITIES[row.priority],
        "is_private": row.is_private,
        "is_draft": row.is_draft,
        **{name: getattr(row, name) for name in tallies},
    }


def is_overdue(card: Any, now: datetime) -> bool:
    """Whether the card is still open although its due moment has passed."""
    return card.state == "open" and card.due_at is not None and card.due_at < now


def instant(moment: datetime | None) -> str | None:
    """`2026-11-21T18:00:00Z`; the reader's zone is the browser's matter."""
    return moment.isoformat().replace("+00:00", "Z") if moment else None
