"""What checklists put into the queue: points that were given to the person."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from core.access.actor import Actor
from core.entities.rest.briefs import briefs
from core.entities.rest.rows import instant
from core.organization.people import people
from core.registry import registry
from core.waiting.lines import action, line
from core.waiting.registry import Source

from .models import Point


def _rows(actor: Actor) -> QuerySet[Point]:
    mine = Point.objects.filter(assignee=actor.principal_id, outcome="").select_related("entity")
    living = mine.filter(entity__trashed_at__isnull=True, entity__state="open", entity__is_draft=False)
    return living.exclude(entity__kind__in=registry.templates())


def _lines(actor: Actor, rows: Sequence[Point]) -> list[dict[str, Any]]:
    cards, now = briefs(actor, [row.entity_id for row in rows]), timezone.now()
    known = people({row.entity.author_id for row in rows})
    return [
        line(
            f"point/{row.pk}",
            cards[row.entity_id],
            text=row.text,
            who=known.get(row.entity.author_id),
            due_at=instant(row.due_at),
            is_overdue=row.due_at is not None and row.due_at < now,
            actions=_actions(row),
        )
        for row in rows
        if row.entity_id in cards
    ]


def _actions(row: Point) -> list[dict[str, Any]]:
    # What asks for a proof is ticked on the card, where it can be shown.
    if row.demand:
        return []
    return [action("tick", "Выполнено", f"checklist/{row.pk}/tick/", key="F", done="Пункт отмечен")]


# Points without a moment come last, as in every list.
given_points = Source("points", "Пункты чек-листов", 60, _rows, _lines, column="due_at")
