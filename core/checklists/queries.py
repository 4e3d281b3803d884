"""Reading checklists."""

from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from core.entities.models import Entity

from .models import Point


def points_of(card: Entity) -> QuerySet[Point]:
    """Points of a card in their order."""
    return Point.objects.filter(entity_id=card.pk).order_by("place")


def _tally(*conditions: Q) -> Any:
    rows = Point.objects.filter(*conditions, entity=OuterRef("pk")).order_by().values("entity")
    return Coalesce(Subquery(rows.annotate(count=Count("pk")).values("count")), 0)


def points_tally() -> Any:
    """Subquery: how many points the card `OuterRef("pk")` has."""
    return _tally()


def ticked_tally() -> Any:
    """Subquery: how many of them are ticked, passed or not."""
    return _tally(~Q(outcome=""))
