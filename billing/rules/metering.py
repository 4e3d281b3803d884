"""What a day of use costs. Pure: the same for the night that writes it and for whoever asks before the night."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from core.metering.meters import Meter, affordable, beyond

from .offers import ZERO


@dataclass(frozen=True)
class Part:
    """So much of a day under the same terms; without a price it costs nothing."""

    volume: int
    price: Decimal | None
    free: int


@dataclass(frozen=True)
class Charge:
    """`units` of a day's volume are to be paid for, at `price`; None where it was not sold."""

    volume: int
    units: int
    price: Decimal | None

    @property
    def total(self) -> Decimal:
        return self.units * (self.price or ZERO)


def charge_of(
    meter: Meter, parts: Iterable[Part], *, before: int, spent: Decimal, ceiling: Decimal | None
) -> Charge:  # fmt: skip
    """A day of a meter, `before` and `spent` of whose month were used and charged on earlier days.

    Each part is free as far as the plan it was used under says. Where several plans held on a day, it costs what the
    dearest of those costs that have to be paid for.
    """
    volume, units = 0, 0
    prices, dear = [], []
    for part in parts:
        if part.price is not None:
            over = _over(meter, before + volume, part)
            units += over
            prices.append(part.price)
            dear += [part.price] if over else []
        volume += part.volume
    if not prices:
        return Charge(volume, 0, None)
    price = max(dear or prices)
    return Charge(volume, affordable(units, price, spent=spent, ceiling=ceiling), price)


def _over(meter: Meter, before: int, part: Part) -> int:
    """A level is free up to so many units each day, events up to so many a month."""
    if meter.is_level:
        return max(part.volume - part.free, 0)
    return beyond(before, part.volume, Decimal(part.free))
