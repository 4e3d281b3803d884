"""Statements on public.outbox and public.wakeups, written with the schema because `public` is in no search path."""

import json
import uuid
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from core.context import current_schema

from .bell import ring_after_commit
from .models import Outbox

# Redelivery after a killed worker waits this long.
LEASE_SECONDS = 10
_PROMISE = (
    "INSERT INTO public.outbox (id, company, kind, subject_id, not_before, attempts, error)"
    " VALUES (%s, %s, %s, %s, %s, 0, '')"
)
_WAKE = (
    "INSERT INTO public.wakeups (company, kind, due_at) VALUES (%s, %s, %s)"
    " ON CONFLICT (company, kind) DO UPDATE SET due_at = LEAST(wakeups.due_at, EXCLUDED.due_at)"
)
# Rows are leased by moving not_before, so a relay or worker that dies is simply late; the window bounds the rest. A
# lease is longer than the work it is for: a row that comes back is one whose worker died, or that is known to fail.
_LEASE = """
UPDATE outbox SET attempts = attempts + 1, error = '',
  not_before = statement_timestamp()
    + make_interval(secs => GREATEST(%s, COALESCE((%s::jsonb ->> kind)::int, 0)) * power(2, LEAST(attempts, 2)))
WHERE id IN (SELECT id FROM outbox WHERE not_before <= statement_timestamp()
             ORDER BY not_before LIMIT %s FOR UPDATE SKIP LOCKED)
RETURNING id, company, kind, subject_id, attempts
"""
_PUT_OFF = """
UPDATE outbox SET error = %s, not_before = statement_timestamp() + make_interval(secs => 4 * power(2, LEAST(%s, 8)))
WHERE id = %s
"""
_PARK = "UPDATE outbox SET error = %s, not_before = 'infinity' WHERE id = %s"
_IN_FLIGHT = "SELECT count(*) FROM outbox WHERE attempts > 0 AND error = '' AND not_before > statement_timestamp()"
_QUEUE_WAKEUPS = """
WITH due AS (DELETE FROM wakeups WHERE (company, kind) IN
  (SELECT company, kind FROM wakeups WHERE due_at <= statement_timestamp()
   ORDER BY due_at LIMIT %s FOR UPDATE SKIP LOCKED)
  RETURNING company, kind)
INSERT INTO outbox (id, company, kind, subject_id, not_before, attempts, error)
  SELECT uuidv7(), company, 'job:' || kind, 0, now(), 0, '' FROM due
"""


def own_name() -> str:
    """How the open scope signs its rows: the company's schema, empty in the control plane."""
    schema = current_schema()
    return "" if schema in (None, "public") else schema


def promise(kind: str, subject_id: int, *, not_before: datetime | None = None) -> None:
    """Write one row of public.outbox in the open transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_PROMISE, [uuid.uuid4(), own_name(), kind, subject_id, not_before or timezone.now()])
    ring_after_commit()


def wake(kind: str, due_at: datetime) -> None:
    """Ask for a kind of work for this company not later than `due_at`; an earlier moment stays."""
    with connection.cursor() as cursor:
        cursor.execute(_WAKE, [own_name(), kind, due_at])


def lease(limit: int, seconds: dict[str, int] | None = None) -> list[tuple[Any, ...]]:
    """Take up to `limit` due rows for sending: (id, company, kind, subject_id, attempts). In a control scope.

    `seconds` is how long work of a kind may last, where that is more than `LEASE_SECONDS`.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LEASE, [LEASE_SECONDS, json.dumps(seconds or {}), limit])
        return cursor.fetchall()


def still_leased(attempts: dict[str, int]) -> set[str]:
    """Which of these rows {id: attempts} are leased no further than their message says; the rest are not ours."""
    found = Outbox.objects.filter(pk__in=attempts).values_list("pk", "attempts")
    return {str(row_id) for row_id, now in found if now == attempts[str(row_id)]}


def strike_off(row_ids: list[str]) -> None:
    """Forget rows whose work is done."""
    Outbox.objects.filter(pk__in=row_ids).delete()


def put_off(promise_id: str, *, attempts: int, error: str) -> None:
    """Bring a failed row back after 4 s, 8 s … 17 min; `error` names the kind of failure, never its data."""
    with connection.cursor() as cursor:
        cursor.execute(_PUT_OFF, [error[:300], attempts, promise_id])


def park(promise_id: str, error: str) -> None:
    """Take a row that goes on failing out of the flow; it stays for the operator."""
    with connection.cursor() as cursor:
        cursor.execute(_PARK, [error[:300], promise_id])


def in_flight() -> int:
    """How many rows are sent and neither done nor known to have failed."""
    with connection.cursor() as cursor:
        cursor.execute(_IN_FLIGHT)
        return cursor.fetchone()[0]


def queue_wakeups(limit: int) -> int:
    """Turn due wakeups of all companies into promises; the number of them. In a control scope."""
    with connection.cursor() as cursor:
        cursor.execute(_QUEUE_WAKEUPS, [limit])
        return cursor.rowcount
