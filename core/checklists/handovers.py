"""What of checklists a person holds: points that were given to him and are not ticked."""

from typing import Any

from django.db.models import QuerySet

from core.access.actor import Actor
from core.handover.queries import card_to_give
from core.handover.registry import Fate, Handover, Held, Stays
from core.registry import registry

from .actions import change_point
from .models import Point


def _rows(leaver: Held) -> QuerySet[Any]:
    waiting = Point.objects.filter(assignee=leaver.principal_id, outcome="").select_related("entity")
    return waiting.filter(entity__trashed_at__isnull=True, entity__state="open")


def _give(point: Point, leaver: Held, heir: Held | None, by: Actor) -> None:
    card = card_to_give(point.entity, heir, by)
    fields = {"assignee_id": heir.principal_id if heir else None}
    change_point(point, card, registry.kind_of(card.kind), fields=fields, by=by)


HANDOVERS = (
    Handover(
        "points", "Пункты чек-листов", "Пункты отметит преемник", 50, Fate.GIVEN, ((Point, "assignee"),), _rows, _give
    ),
)
STAYS = (Stays("it tells who ticked a point", ((Point, "done_by"),)),)
