"""Statements on counters."""

import json
from datetime import date

from django.db import connection

from .models import NumberMask
from .rules import NEEDED, period_of

# One round trip: the mask, and the row of the counter, which is made with the first card and stays locked until the
# transaction ends.
_TAKE = """
WITH known AS (SELECT mask, period FROM numbering_numbermask WHERE kind = %(kind)s),
place AS (SELECT %(kind)s || COALESCE((SELECT '|' || (%(periods)s::jsonb ->> period) FROM known
  WHERE period <> 'none'), '') AS key)
INSERT INTO numbering_numbercounter AS counter (kind, last) SELECT key, %(count)s FROM place
ON CONFLICT (kind) DO UPDATE SET last = counter.last + EXCLUDED.last RETURNING (SELECT mask FROM known), last
"""
# A number in the trash is taken, too.
_HIGHEST = """
SELECT max(substring(number from %(pattern)s)::bigint) FROM entities_entity
WHERE kind = %(kind)s AND number ~ %(pattern)s
"""
_STAND_STILL = "LOCK TABLE numbering_numbercounter IN EXCLUSIVE MODE"
_SET = """
INSERT INTO numbering_numbercounter (kind, last) VALUES (%s, %s) ON CONFLICT (kind) DO UPDATE SET last = EXCLUDED.last
"""


def move_counter(kind: str, count: int, on: date) -> tuple[str | None, int]:
    """Take `count` numbers of a kind: (the company's mask, None where it has none; the last number taken)."""
    told = json.dumps({period: period_of(period, on) for period in NEEDED})
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, {"kind": kind, "count": count, "periods": told})
        return cursor.fetchone()


def highest_taken(kind: str, pattern: str) -> int:
    """The highest counter among the numbers of a kind that a mask could have written; 0 when there is none."""
    with connection.cursor() as cursor:
        cursor.execute(_HIGHEST, {"kind": kind, "pattern": pattern})
        return cursor.fetchone()[0] or 0


def stop_counters() -> None:
    """Let nobody take a number until the transaction ends, and wait for those who are taking one."""
    with connection.cursor() as cursor:
        cursor.execute(_STAND_STILL)


def set_counter(kind: str, period: str, on: date, last: int) -> None:
    """Let the counter of the day's period go on behind `last`."""
    with connection.cursor() as cursor:
        cursor.execute(_SET, [key_of(kind, period, on), last])


def key_of(kind: str, period: str, on: date) -> str:
    told = period_of(period, on)
    return f"{kind}|{told}" if told else kind


def masks() -> dict[str, NumberMask]:
    """Kind → the company's own mask."""
    return {row.kind: row for row in NumberMask.objects.all()}
