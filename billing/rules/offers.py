"""Plans as the rules need them: no database, money in Decimal with two places."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.db import models

from core.rounding import half_up

KOPECKS = 2
ZERO = Decimal("0.00")
MONTHS_A_YEAR = 12


class Period(models.TextChoices):
    MONTH = "month", "Месяц"
    YEAR = "year", "Год"


@dataclass(frozen=True)
class Price:
    """What something costs for a month and for a year."""

    month: Decimal
    year: Decimal

    def of(self, period: str) -> Decimal:
        return self.year if period == Period.YEAR else self.month


@dataclass(frozen=True)
class SoldBeside:
    """An add-on: `title` as the invoice names it."""

    code: str
    title: str
    price: Price
    modules: frozenset[str] = frozenset()
    storage_bytes: int = 0


@dataclass(frozen=True)
class Extra:
    """Something that is metered: so much a month is free, each unit beyond has its price."""

    title: str
    free: Decimal
    unit_price: Decimal


@dataclass(frozen=True)
class Offer:
    """One version of a plan; None means without a limit, and no `seat` price that further seats are not sold."""

    code: str
    title: str
    price: Price
    seats_included: int | None = None
    seat: Price | None = None
    storage_bytes: int | None = None
    modules: frozenset[str] | None = None
    add_ons: Mapping[str, SoldBeside] = field(default_factory=dict)
    volumes: Mapping[str, str] = field(default_factory=dict)
    extras: Mapping[str, Extra] = field(default_factory=dict)
    currency: str = "RUB"
    version_id: int = 0

    @property
    def is_free(self) -> bool:
        return self.price.month == 0 and self.price.year == 0


@dataclass(frozen=True)
class Choice:
    """What somebody wants to buy: `seats` in all, those included among them; None where seats have no limit."""

    offer: Offer
    period: str = Period.MONTH
    seats: int | None = None
    add_ons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """One line of a price: `count` units of `unit_price`."""

    title: str
    count: int
    unit_price: Decimal

    @property
    def total(self) -> Decimal:
        return half_up(self.unit_price * self.count, KOPECKS)


def wrong_choice(choice: Choice) -> dict[str, str]:
    """What cannot be bought so, by field."""
    offer, wrong = choice.offer, {}
    if choice.period not in Period.values:
        wrong["period"] = "Выберите месяц или год"
    if offer.seats_included is not None and choice.seats is not None:
        if choice.seats < offer.seats_included:
            wrong["seats"] = f"В тариф «{offer.title}» уже входит мест: {offer.seats_included}"
        elif choice.seats > offer.seats_included and offer.seat is None:
            wrong["seats"] = f"В тарифе «{offer.title}» мест не больше {offer.seats_included}. Выберите следующий тариф"
    if unknown := [code for code in choice.add_ons if code not in offer.add_ons]:
        wrong["add_ons"] = f"К тарифу «{offer.title}» нельзя добавить: {', '.join(unknown)}"
    elif len(set(choice.add_ons)) != len(choice.add_ons):
        wrong["add_ons"] = "Дополнение названо дважды"
    return wrong


def lines_of(choice: Choice) -> list[Line]:
    """What one whole period of a choice is made of."""
    offer, period = choice.offer, choice.period
    named = "год" if period == Period.YEAR else "месяц"
    lines = [Line(f"Тариф «{offer.title}», {named}", 1, offer.price.of(period))]
    if offer.seat is not None and choice.seats is not None and offer.seats_included is not None:
        further = choice.seats - offer.seats_included
        if further > 0:
            lines.append(Line(f"Дополнительное место, {named}", further, offer.seat.of(period)))
    for code in choice.add_ons:
        sold = offer.add_ons[code]
        lines.append(Line(f"{sold.title}, {named}", 1, sold.price.of(period)))
    return lines


def price_of(choice: Choice) -> Decimal:
    """What one whole period of a choice costs."""
    return sum((line.total for line in lines_of(choice)), ZERO)


def yearly_discount(choice: Choice) -> Decimal:
    """What is saved by paying for a year instead of twelve months; never negative."""
    month = price_of(Choice(choice.offer, Period.MONTH, choice.seats, choice.add_ons))
    year = price_of(Choice(choice.offer, Period.YEAR, choice.seats, choice.add_ons))
    return max(month * MONTHS_A_YEAR - year, ZERO)


def end_of(period: str, since: date) -> date:
    """The first day after a period that begins on a day: the same day of a later month, or its last one."""
    months = MONTHS_A_YEAR if period == Period.YEAR else 1
    year, month = divmod(since.year * MONTHS_A_YEAR + since.month - 1 + months, MONTHS_A_YEAR)
    after = date(year + (month + 1) // MONTHS_A_YEAR, (month + 1) % MONTHS_A_YEAR + 1, 1)
    last = after - timedelta(days=1)
    return last if since.day > last.day else date(year, month + 1, since.day)
