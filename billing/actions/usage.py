"""Counting what a company uses. In a control scope, the company's row locked first."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from billing.letters import Said, room_fills, seats_fill
from billing.models import MeterDay, UsageDay
from billing.notifications import LIMITS
from billing.queries import ceilings_of, held_of, month_before, parts_of, subscription_of
from billing.rules.metering import Part, charge_of
from billing.rules.warnings import Use, risen
from core.attachments.queries import bytes_held
from core.entitlements.allowance import Allowance
from core.identity.queries import seats_taken
from core.metering.meters import METERS, STORAGE, month_of, units_over
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
    """Each meter's days with what of them is to be paid for, by the plan under which it was used.

    What comes late, for a day that is written already, joins yesterday: a day that is written stays as it is.
    """
    row = subscription_of(company.pk)
    ceilings = ceilings_of(company.pk)
    days: dict[tuple[date, str], list[Used]] = {}
    for one in used:
        days.setdefault((_free_day(company, one, day), one.code), []).append(one)
    # Nobody pays for room who has not said how much he is willing to.
    if over and STORAGE.code in held_of(row).choice.offer.extras and STORAGE.code in ceilings:
        days[day, STORAGE.code] = [Used(STORAGE.code, day, over)]
    for (on, code), parts in sorted(days.items(), key=lambda one: one[0]):
        _write_day(company, on, parts_of(row, code, on, parts), code=code, ceiling=ceilings.get(code))


def _free_day(company: Company, one: Used, day: date) -> date:
    yesterday = day - _DAY
    if one.day < yesterday and MeterDay.objects.filter(company=company, code=one.code, day=one.day).exists():
        return yesterday
    return one.day


def _write_day(company: Company, day: date, parts: list[Part], *, code: str, ceiling: Decimal | None) -> None:
    before, spent = month_before(company.pk, code, month_of(day), day=day)
    made = charge_of(METERS[code], parts, before=before, spent=spent, ceiling=ceiling)
    told = {"volume": made.volume, "charged": made.units, "unit_price": made.price}
    MeterDay.objects.create(company=company, day=day, code=code, **told)


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
