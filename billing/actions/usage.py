"""Counting what a company uses. In a control scope, the company's row locked first."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F, Sum

from billing.letters import Said, room_fills, seats_fill
from billing.models import MeterDay, Subscription, UsageDay
from billing.notifications import LIMITS
from billing.queries import ceilings_of, held_of, subscription_of
from billing.rules.offers import ZERO, Offer
from billing.rules.warnings import Use, risen
from core.attachments.queries import bytes_held
from core.entitlements.allowance import Allowance
from core.identity.queries import seats_taken
from core.metering.meters import METERS, STORAGE, Meter, affordable, beyond, month_of, units_over
from core.metering.queries import Used, take_events
from core.verb import verb
from tenants.models import Company
from tenants.queries import locked
from tenants.snapshots import inside

from .extras import bill_extras
from .subscriptions import write_owners

_DAY = timedelta(days=1)


@verb
def count_usage(schema: str, *, day: date) -> UsageDay:
    """Write down what is in use on a day, once, and what was used by the unit on days that are over; warn the owners
    of a limit that has come near since."""
    company = locked(schema)
    standing = UsageDay.objects.filter(company=company, day=day).first()
    if standing is not None:
        return standing
    before = UsageDay.objects.filter(company=company, day__lt=day).order_by("-day").first()
    may = Allowance.of(company.allowance)
    with inside(company):
        seats, held = seats_taken(), bytes_held()
        used = take_events(day)
    row = UsageDay.objects.create(
        company=company,
        day=day,
        seats=seats,
        seats_limit=may.seats,
        storage_bytes=held,
        storage_limit=may.storage_bytes,
    )
    _write_days(company, day, used, over=units_over(held, may.storage_bytes))
    for name, said in _warnings(before, row):
        with inside(company):
            write_owners(LIMITS, said, key=f"billing-{name}-{day.isoformat()}")
    bill_extras(company, day=day)
    return row


def _write_days(company: Company, day: date, used: Iterable[Used], *, over: int) -> None:
    """Each meter's days with what of them is to be paid for, by the plan of now.

    What comes late, for a day that is written already, joins yesterday: a day that is written stays as it is.
    """
    row = subscription_of(company.pk)
    offer = held_of(row).choice.offer
    ceilings = ceilings_of(company.pk)
    volumes: Counter[tuple[date, str]] = Counter()
    for one in used:
        volumes[_free_day(company, one, day), one.code] += one.volume
    # Nobody pays for room who has not said how much he is willing to.
    if over and STORAGE.code in offer.extras and STORAGE.code in ceilings:
        volumes[day, STORAGE.code] = over
    for (on, code), volume in sorted(volumes.items()):
        _write_day(company, row, offer, Used(code, on, volume), ceilings.get(code))


def _free_day(company: Company, one: Used, day: date) -> date:
    yesterday = day - _DAY
    if one.day < yesterday and MeterDay.objects.filter(company=company, code=one.code, day=one.day).exists():
        return yesterday
    return one.day


def _write_day(company: Company, row: Subscription, offer: Offer, one: Used, ceiling: Decimal | None) -> None:
    meter, extra = METERS[one.code], offer.extras.get(one.code)
    charged, price = 0, None
    # In the trial all is free, and so is what a plan does not sell.
    if extra is not None and one.day >= row.trial_until:
        price = meter.price_of_unit(extra.unit_price)
        earlier = _earlier(company, one)
        units = _beyond(meter, earlier["volume"], one.volume, extra.free)
        charged = affordable(units, price, spent=earlier["spent"], ceiling=ceiling)
    told = {"volume": one.volume, "charged": charged, "unit_price": price}
    MeterDay.objects.create(company=company, day=one.day, code=one.code, **told)


def _beyond(meter: Meter, before: int, volume: int, free: Decimal) -> int:
    """A level is free up to so many units each day, events up to so many a month."""
    return max(volume - int(free), 0) if meter.is_level else beyond(before, volume, free)


def _earlier(company: Company, one: Used) -> dict[str, Any]:
    """What was used and charged in the month of a day before it."""
    rows = MeterDay.objects.filter(company=company, code=one.code, day__gte=month_of(one.day), day__lt=one.day)
    found = rows.aggregate(volume=Sum("volume"), spent=Sum(F("charged") * F("unit_price")))
    return {"volume": found["volume"] or 0, "spent": found["spent"] or ZERO}


def _warnings(before: UsageDay | None, now: UsageDay) -> Iterator[tuple[str, Said]]:
    seats, room = _seats(now), _room(now)
    if risen(_seats(before) if before else None, seats):
        yield "seats", seats_fill(seats)
    if risen(_room(before) if before else None, room):
        yield "room", room_fills(room)


def _seats(row: UsageDay) -> Use:
    return Use(row.seats, row.seats_limit)


def _room(row: UsageDay) -> Use:
    return Use(row.storage_bytes, row.storage_limit)
