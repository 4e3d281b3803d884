"""What proves a point, and when a number or a place passes. No database."""

from dataclasses import dataclass
from decimal import Decimal
from math import asin, cos, radians, sin, sqrt

from core.errors import Invalid

MOST_POINTS = 300
# Nobody's telephone knows better where it is; a worse reading proves nothing.
WORST_ACCURACY = 200
_EARTH = 6_371_000


@dataclass(frozen=True)
class Spot:
    """A place on the earth, in degrees."""

    latitude: Decimal
    longitude: Decimal


@dataclass(frozen=True)
class Shown:
    """What somebody shows with a tick; `accuracy` of the place in metres."""

    number: Decimal | None = None
    spot: Spot | None = None
    accuracy: float = 0.0


def metres(one: Spot, other: Spot) -> float:
    """Distance on the sphere (haversine), in metres."""
    here, there = radians(float(one.latitude)), radians(float(other.latitude))
    across = radians(float(other.longitude - one.longitude))
    arc = sin((there - here) / 2) ** 2 + cos(here) * cos(there) * sin(across / 2) ** 2
    return 2 * _EARTH * asin(min(1.0, sqrt(arc)))


def passes_number(shown: Shown, least: Decimal | None, most: Decimal | None) -> bool:
    """Whether a number lies within the tolerance; Invalid without one."""
    if shown.number is None:
        raise Invalid({"number": "Введите измеренное значение"})
    return (least is None or shown.number >= least) and (most is None or shown.number <= most)


def must_be_there(shown: Shown, spot: Spot, radius: int) -> None:
    """Invalid unless the telephone says that it is within `radius` metres of the place, its own error allowed for."""
    if shown.spot is None:
        raise Invalid({"latitude": "Разрешите определить местоположение: пункт отмечают на месте"})
    if shown.accuracy > WORST_ACCURACY:
        raise Invalid({"latitude": "Местоположение определено слишком грубо. Выйдите на открытое место и повторите"})
    away = metres(shown.spot, spot) - shown.accuracy
    if away > radius:
        raise Invalid({"latitude": f"До места ещё {round(away)} м, а отметить можно не дальше {radius} м"})
