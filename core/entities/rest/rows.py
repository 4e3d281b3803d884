"""Rows of lists as plain dicts, straight from columns: no model is built and nothing is asked per row."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from core.entities.kinds import EntityKind
from core.organization.people import people
from core.registry import registry

_COLUMNS = (
    "pk", "number", "title", "status", "state", "author_id", "responsible_id",
    "due_at", "created_at", "changed_at", "version",
)  # fmt: skip


def tallies_of(kind: EntityKind) -> dict[str, Any]:
    """Figures that the kind's traits put into each row: name → subquery."""
    return {name: make() for trait in registry.traits_of(kind.model) for name, make in trait.tallies.items()}


def lean(cards: QuerySet, kind: EntityKind, *more: str) -> QuerySet:
    """Only what a row needs, as named tuples; `more` are the caller's own annotations."""
    tallies = tallies_of(kind)
    return cards.annotate(**tallies).values_list(*_COLUMNS, *tallies, *more, named=True)


def rows_of(found: Iterable[Any], kind: EntityKind) -> list[dict[str, Any]]:
    """JSON rows of named tuples made by `lean`; one query, for the people of all of them."""
    rows = list(found)
    known = people({who for row in rows for who in (row.author_id, row.responsible_id) if who})
    now, tallies = timezone.now(), tallies_of(kind)
    return [row_of(row, kind, known, now, tallies) for row in rows]


def row_of(
    row: Any, kind: EntityKind, known: dict[int, dict[str, Any]], now: datetime, tallies: Iterable[str]
) -> dict[str, Any]:
    """One JSON row of a named tuple made by `lean`, or of a card; `known` are the people around."""
    return {
        "id": row.pk,
        "ref": f"{kind.code}/{row.pk}",
        "number": row.number,
        "title": row.title,
        "status": row.status,
        "status_title": kind.statuses[row.status],
        "state": row.state,
        "assignee": known.get(row.responsible_id),
        "initiator": known.get(row.author_id),
        "due_at": instant(row.due_at),
        "is_overdue": is_overdue(row, now),
        "created_at": instant(row.created_at),
        "changed_at": instant(row.changed_at),
        "version": row.version,
        **{name: getattr(row, name) for name in tallies},
    }


def is_overdue(card: Any, now: datetime) -> bool:
    """Whether the card is still open although its due moment has passed."""
    return card.state == "open" and card.due_at is not None and card.due_at < now


def instant(moment: datetime | None) -> str | None:
    """`2026-11-21T18:00:00Z`; the reader's zone is the browser's matter."""
    return moment.isoformat().replace("+00:00", "Z") if moment else None
