"""A point in words: what the history says of its changes."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from core.events.bus import Change
from core.identity.models import Principal

from .models import Point


def shown_of(point: Point) -> dict[str, Any]:
    """What people see of a point, by the names under which the history tells it."""
    who = Principal.objects.get(pk=point.assignee_id).name if point.assignee_id is not None else None
    return {
        "point": point.text,
        "section": point.section or None,
        "point_assignee": who,
        "point_due": point.due_at.isoformat() if point.due_at else None,
        "demand": _demanded(point),
        "repair": point.repair,
    }


def changes_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    """What has changed; the point is named first, whether its words have changed or not."""
    moved = [
        Change(name, before[name], after[name]) for name in after if name != "point" and before[name] != after[name]
    ]
    is_renamed = before["point"] != after["point"]
    return (Change("point", before["point"] if is_renamed else None, after["point"]), *moved)


def _demanded(point: Point) -> str:
    """«Число от 2 до 8 °C», «Отметка на месте, не дальше 100 м от 55.752023, 37.617499»."""
    said = Point.Demand(point.demand).label
    if point.demand == Point.Demand.NUMBER:
        bounds = [f"от {_plain(point.least)}"] if point.least is not None else []
        bounds += [f"до {_plain(point.most)}"] if point.most is not None else []
        return " ".join([str(said), *bounds, point.unit]).strip()
    if point.demand == Point.Demand.PLACE:
        return f"{said}, не дальше {point.radius} м от {_plain(point.latitude)}, {_plain(point.longitude)}"
    return str(said)


def _plain(number: Decimal | None) -> str:
    return f"{number.normalize():f}" if number is not None else ""
