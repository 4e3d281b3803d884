"""Shapes of points."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from rest_framework import serializers

from core.access.actor import Actor
from core.attachments.rest.serializers import content_url
from core.entities.rest.rows import instant
from core.organization.people import people
from core.organization.rest.serializers import PersonOut
from core.rest.fields import ID, LineField, MomentField

from ..models import Point

_NUMBER: dict[str, Any] = {"max_digits": 18, "decimal_places": 6, "allow_null": True}
_DEGREES: dict[str, Any] = {"max_digits": 9, "decimal_places": 6, "allow_null": True}
_MOST_AT_ONCE = 100
_JUDGED_TOGETHER = ("demand", "least", "most", "latitude", "longitude", "radius")


class PointFields(serializers.Serializer):
    """What a point asks for; only the given fields change."""

    text = LineField()
    section = LineField(max_length=120, allow_blank=True)
    assignee = serializers.IntegerField(allow_null=True, help_text="employee id", **ID)
    due_at = MomentField(allow_null=True)
    demand = serializers.ChoiceField(Point.Demand.choices, help_text="the proof without which it cannot be ticked")
    unit = LineField(max_length=20, allow_blank=True, help_text="of the number: «°C»")
    least = serializers.DecimalField(**_NUMBER)
    most = serializers.DecimalField(**_NUMBER)
    latitude = serializers.DecimalField(min_value=-90, max_value=90, **_DEGREES)
    longitude = serializers.DecimalField(min_value=-180, max_value=180, **_DEGREES)
    radius = serializers.IntegerField(min_value=10, max_value=100_000, allow_null=True, help_text="metres")
    repair = serializers.BooleanField(help_text="a failure asks for the work of putting it right")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, given in self.fields.items():
            given.required = name == "text" and not self.partial

    def validate(self, told: dict[str, Any]) -> dict[str, Any]:
        stands = {name: told.get(name, getattr(self.instance, name, None)) for name in _JUDGED_TOGETHER}
        if stands["demand"] == Point.Demand.PLACE:
            missing = {name: "Укажите место на карте" for name in ("latitude", "longitude") if stands[name] is None}
            missing |= {} if stands["radius"] else {"radius": "Укажите, на каком расстоянии можно отметить"}
            if missing:
                raise serializers.ValidationError(missing)
        if stands["least"] is not None and stands["most"] is not None and stands["least"] > stands["most"]:
            raise serializers.ValidationError({"most": "Верхняя граница меньше нижней"})
        return told


class PointsIn(serializers.Serializer):
    points = PointFields(many=True, allow_empty=False, max_length=_MOST_AT_ONCE)


class PlaceIn(serializers.Serializer):
    after = serializers.IntegerField(allow_null=True, help_text="the point before; null for the beginning", **ID)


class ShownIn(serializers.Serializer):
    """What is shown with a tick, as the point's demand asks."""

    number = serializers.DecimalField(default=None, **_NUMBER)
    latitude = serializers.DecimalField(min_value=-90, max_value=90, default=None, **_DEGREES)
    longitude = serializers.DecimalField(min_value=-180, max_value=180, default=None, **_DEGREES)
    accuracy = serializers.FloatField(min_value=0, max_value=100_000, default=0.0, help_text="of the place, metres")
    file = serializers.IntegerField(allow_null=True, default=None, help_text="a file of the card", **ID)
    note = serializers.CharField(max_length=1000, allow_blank=True, default="")


class ProofOut(serializers.Serializer):
    """The file that was shown."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    url = serializers.CharField()


class PointOut(serializers.Serializer):
    id = serializers.IntegerField()
    section = serializers.CharField()
    text = serializers.CharField()
    assignee = PersonOut(allow_null=True)
    due_at = serializers.DateTimeField(allow_null=True)
    demand = serializers.ChoiceField(Point.Demand.choices)
    unit = serializers.CharField()
    least = serializers.CharField(allow_null=True)
    most = serializers.CharField(allow_null=True)
    latitude = serializers.CharField(allow_null=True)
    longitude = serializers.CharField(allow_null=True)
    radius = serializers.IntegerField(allow_null=True)
    repair = serializers.BooleanField()
    outcome = serializers.ChoiceField(Point.Outcome.choices)
    done_by = PersonOut(allow_null=True)
    done_at = serializers.DateTimeField(allow_null=True)
    note = serializers.CharField()
    number = serializers.CharField(allow_null=True, help_text="what was measured")
    file = ProofOut(allow_null=True)
    can_tick = serializers.BooleanField()


class ChecklistOut(serializers.Serializer):
    """All points of a card, in their order."""

    results = PointOut(many=True)
    can_edit = serializers.BooleanField()


def points_out(
    rows: Sequence[Point], actor: Actor, *, can_edit: bool, goes_on: bool, opens_files: bool
) -> list[dict[str, Any]]:
    """Points with their people, in one query for all of them; nothing is ticked on a card that does not go on, and what
    was shown for a tick is told to whoever opens the card's files: a name says what a file is."""
    known = people({who for row in rows for who in (row.assignee_id, row.done_by_id) if who})
    ticks = [goes_on and (can_edit or row.assignee_id == actor.principal_id) for row in rows]
    return [_out(row, known, can_tick, opens_files) for row, can_tick in zip(rows, ticks, strict=True)]


def _out(row: Point, known: dict[int, dict[str, Any]], can_tick: bool, opens_files: bool) -> dict[str, Any]:
    file = row.shown_file if row.shown_file_id and opens_files else None
    return {
        "id": row.pk,
        "section": row.section,
        "text": row.text,
        "assignee": known.get(row.assignee_id) if row.assignee_id else None,
        "due_at": instant(row.due_at),
        "demand": row.demand,
        "unit": row.unit,
        "least": _plain(row.least),
        "most": _plain(row.most),
        "latitude": _plain(row.latitude),
        "longitude": _plain(row.longitude),
        "radius": row.radius,
        "repair": row.repair,
        "outcome": row.outcome,
        "done_by": known.get(row.done_by_id) if row.done_by_id else None,
        "done_at": instant(row.done_at),
        "note": row.note,
        "number": _plain(row.shown_number),
        "file": {"id": file.pk, "name": file.name, "url": content_url(file.pk)} if file else None,
        "can_tick": can_tick,
    }


def _plain(number: Decimal | None) -> str | None:
    """Without the zeros that the column adds: «36.6»."""
    return None if number is None else f"{number.normalize():f}"
