"""Statements on what was used by the unit; in the company's scope."""

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import F

from .models import MeterMonth

# One statement: the event and the month's sum stand together or neither does, and a key that is known adds nothing.
# What is used before anybody has sold it is priced by the plan that comes (billing), so its month has no cost yet.
_COUNT = """
WITH fresh AS (
  INSERT INTO metering_meterevent (code, key, volume, unit_price, free, day, taken, created_at)
  VALUES (%(code)s, %(key)s, %(volume)s, %(unit_price)s, %(free)s, %(day)s, false, statement_timestamp())
  ON CONFLICT (code, key) DO NOTHING RETURNING volume)
INSERT INTO metering_metermonth (code, month, volume, told, cost)
SELECT %(code)s, %(month)s, volume, 'free', CASE WHEN %(unit_price)s::numeric IS NOT NULL THEN 0 END FROM fresh
ON CONFLICT (code, month) DO UPDATE SET volume = metering_metermonth.volume + EXCLUDED.volume
RETURNING volume
"""
# Whoever began before midnight and commits after it is found by the next taking: nothing asks for a day's rows twice.
_TAKE = """
WITH taken AS (
  UPDATE metering_meterevent SET taken = true WHERE NOT taken AND day < %s
  RETURNING id, code, day, volume, unit_price, free)
SELECT code, day, sum(volume)::bigint, unit_price, free FROM taken
GROUP BY code, day, unit_price, free ORDER BY code, day, min(id)
"""
_WAITING = """
SELECT code, day, sum(volume)::bigint, unit_price, free FROM metering_meterevent
WHERE NOT taken AND code = %s GROUP BY code, day, unit_price, free ORDER BY day, min(id)
"""


class Used(NamedTuple):
    """So much of a meter on a day, and the terms under which it was used; without any where it was not sold."""

    code: str
    day: date
    volume: int
    unit_price: Decimal | None = None
    free: int | None = None


def note_event(used: Used, key: str, *, month: date) -> int | None:
    """Write an event down once; what the month has come to with it, None when it was known."""
    told: dict[str, Any] = {**used._asdict(), "key": key, "month": month}
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, told)
        found = cursor.fetchone()
    return None if found is None else found[0]


def take_events(before: date) -> list[Used]:
    """What was used on days before one and that nobody has taken yet; it is taken with this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [before])
        return [Used(*row) for row in cursor.fetchall()]


def waiting_for_night(code: str) -> list[Used]:
    """What was used of a meter and stands in no day yet, today's as well; nobody counts more of it this month until
    the transaction is over."""
    months = MeterMonth.objects.select_for_update().filter(code=code).order_by("-month")
    list(months.values_list("pk", flat=True)[:1])
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, [code])
        return [Used(*row) for row in cursor.fetchall()]


def used_in(month: date) -> dict[str, int]:
    """How much of each meter was used in a month so far."""
    return dict(MeterMonth.objects.filter(month=month).values_list("code", "volume"))


def costs_in(month: date) -> dict[str, Decimal]:
    """What each meter's events of a month cost so far, as far as it is kept."""
    rows = MeterMonth.objects.filter(month=month, cost__isnull=False)
    return dict(rows.values_list("code", F("cost") + F("units") * F("unit_price")))
