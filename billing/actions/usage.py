"""Counting what a company uses. In a control scope, the company's row locked first."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from billing.letters import Said, room_fills, seats_fill
from billing.models import Extra, MeterDay, UsageDay
from billing.notifications import LIMITS
from billing.queries import ZONE
from billing.rules.warnings import Use, risen
from core.attachments.queries import bytes_held
from core.entitlements.allowance import Allowance
from core.identity.queries import seats_taken
from core.notifications.queries import sms_parts
from core.verb import verb
from tenants.queries import locked
from tenants.snapshots import inside

from .subscriptions import write_owners

SMS = Extra.Code.SMS.value


@verb
def count_usage(schema: str, *, day: date) -> UsageDay:
    """Write down what is in use on a day, once, and warn the owners of a limit that has come near since."""
    company = locked(schema)
    standing = UsageDay.objects.filter(company=company, day=day).first()
    if standing is not None:
        return standing
    before = UsageDay.objects.filter(company=company, day__lt=day).order_by("-day").first()
    may = Allowance.of(company.allowance)
    before_that = datetime.combine(day - timedelta(days=1), time.min, ZONE)
    with inside(company):
        seats, held = seats_taken(), bytes_held()
        parts = sms_parts(before_that, datetime.combine(day, time.min, ZONE))
    if parts:
        # Of the day that is over: nothing is added to it any more.
        used = MeterDay(company=company, day=before_that.date(), code=SMS, volume=parts)
        MeterDay.objects.bulk_create([used], ignore_conflicts=True)
    row = UsageDay.objects.create(
        company=company,
        day=day,
        seats=seats,
        seats_limit=may.seats,
        storage_bytes=held,
        storage_limit=may.storage_bytes,
    )
    for name, said in _warnings(before, row):
        with inside(company):
            write_owners(LIMITS, said, key=f"billing-{name}-{day.isoformat()}")
    return row


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
