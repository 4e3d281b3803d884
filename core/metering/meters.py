"""What is metered: used by the unit, free up to a volume of the plan, paid for beyond it. Pure.

A meter is counted in one of two ways. *Events* are told one by one through `actions.count`, each under its own key,
in the transaction of the work that has used them; so whoever is killed or told twice counts once. A *level* is looked
at once a day: what stands above its free level costs a day's share of the price of a month.

What is free, what a unit costs and how much a company is willing to spend stands in its allowance: asking is free.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal
from zoneinfo import ZoneInfo

from django.utils import timezone

from core.rounding import half_up

# Days of what is paid for are the same for every company: those of whoever sells.
ZONE = ZoneInfo("Europe/Moscow")
# A level is sold by the month; a month has so many paid days, whatever the calendar says.
MONTH_DAYS = 30
GB = 1024**3
_NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Spent:
    """What the units of a month that are beyond the free ones cost, each by the plan under which it was used.

    `earlier` is the sum of the days before `day`. All `units` of one day cost what the dearest of them costs, as in the
    day that is written for them at night.
    """

    earlier: Decimal = _NOTHING
    day: date | None = None
    units: int = 0
    price: Decimal = _NOTHING

    @property
    def total(self) -> Decimal:
        return self.earlier + self.units * self.price

    def and_more(self, units: int, price: Decimal, day: date) -> "Spent":
        """The same with units beyond; those of whoever began before midnight and is late join the day after it."""
        if not units:
            return self
        if self.day is None or day > self.day:
            return Spent(self.total, day, units, price)
        return Spent(self.earlier, self.day, self.units + units, max(self.price, price))


@dataclass(frozen=True)
class Meter:
    """`title` as people read it, `unit` what one of it is called, `of_what` ends «Предел расходов на …».

    One that is a `level` is sold only to whoever has said how much he is willing to spend: nobody comes into debt by
    letting things lie.

    `given` is how much whoever has bought nothing may use in all while nobody has said otherwise: to register pays for
    nobody's mailings. `instead` is what else he can do.
    """

    code: str
    title: str
    unit: str
    of_what: str
    is_level: bool = False
    given: int = 0
    instead: str = ""

    @property
    def sold_as(self) -> str:
        """What a line of an invoice is called."""
        return self.title if self.is_level else f"{self.title} сверх тарифа"

    def price_of_unit(self, price: Decimal) -> Decimal:
        """What one counted unit costs: of a level it is one unit on one day."""
        return half_up(price / MONTH_DAYS, 2) if self.is_level else price


_OWN_SMS = "Подключите своего провайдера SMS в разделе «Настройки → Интеграции»"
SMS = Meter("sms", "SMS", "штука", "SMS", given=50, instead=_OWN_SMS)
STORAGE = Meter("storage", "Файлы сверх квоты", "ГБ в день", "файлы сверх квоты", is_level=True)
LOOKUPS = Meter("lookups", "Запросы к справочникам", "запрос", "запросы к справочникам", given=100)
MINUTES = Meter("minutes", "Минуты разговоров", "минута", "минуты разговоров", given=60)
METERS = {meter.code: meter for meter in (SMS, STORAGE, LOOKUPS, MINUTES)}


def service_day() -> date:
    """Today by the service's own clock."""
    return timezone.localdate(timezone=ZONE)


def month_of(day: date) -> date:
    """The month that a day belongs to, by its first day: free volumes and ceilings are a month's."""
    return day.replace(day=1)


def next_month(month: date) -> date:
    """The first day of the month after one."""
    return (month + timedelta(days=31)).replace(day=1)


def beyond(before: int, volume: int, free: Decimal) -> int:
    """What of a volume is beyond what is free in a month, `before` of which was used up earlier."""
    included = int(free)
    return max(before + volume - included, 0) - max(before - included, 0)


def affordable(units: int, price: Decimal, *, spent: Decimal, ceiling: Decimal | None) -> int:
    """How many of the units may be charged before a ceiling is reached: more than he has allowed nobody pays."""
    if ceiling is None or not price:
        return units
    return min(units, int((max(ceiling - spent, _NOTHING) / price).to_integral_value(ROUND_FLOOR)))


def units_over(held: int, limit: int | None) -> int:
    """Each begun gigabyte above a quota."""
    return 0 if limit is None else max(-((limit - held) // GB), 0)
