"""Statements on what was used by the unit; in the company's scope."""

from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from .models import MeterMonth

# One statement: the event and the month's sum stand together or neither does, and a key that is known adds nothing.
_COUNT = """
WITH fresh AS (
  INSERT INTO metering_meterevent (code, key, volume, day, taken, created_at)
  VALUES (%(code)s, %(key)s, %(volume)s, %(day)s, false, statement_timestamp())
  ON CONFLICT (code, key) DO NOTHING RETURNING volume)
INSERT INTO metering_metermonth (code, month, volume, told)
SELECT %(code)s, %(month)s, volume, 'free' FROM fresh
ON CONFLICT (code, month) DO UPDATE SET volume = metering_metermonth.volume + EXCLUDED.volume
RETURNING volume
"""
# Whoever began before midnight and commits after it is found by the next taking: nothing asks for a day's rows twice.
_TAKE = """
WITH taken AS (
  UPDATE metering_meterevent SET taken = true WHERE NOT taken AND day < %s RETURNING code, day, volume)
SELECT code, day, sum(volume)::bigint FROM taken GROUP BY code, day ORDER BY code, day
"""


class Used(NamedTuple):
    """So much of a meter on a day."""

    code: str
    day: date
    volume: int


def note_event(code: str, key: str, volume: int, *, day: date, month: date) -> int | None:
    """Write an event down once; what the month has come to with it, None when it was known."""
    told: dict[str, Any] = {"code": code, "key": key, "volume": volume, "day": day, "month": month}
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, told)
        found = cursor.fetchone()
    return None if found is None else found[0]


def take_events(before: date) -> list[Used]:
    """What was used on days before one and that nobody has taken yet; it is taken with this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [before])
        return [Used(*row) for row in cursor.fetchall()]


def used_in(month: date) -> dict[str, int]:
    """How much of each meter was used in a month so far."""
    return dict(MeterMonth.objects.filter(month=month).values_list("code", "volume"))
