"""Statements on public.outbox and public.wakeups, written with the schema because `public` is in no search path."""

import uuid
from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection
from django.utils import timezone

from core.context import current_schema

from .bell import ring_after_commit

# What is sent must have come into a worker's hands within this time, or it is sent again.
LEASE_SECONDS = 10
# A worker not seen for so long is dead, and what it had in hand is free.
DEAD_SECONDS = 5
# A worker may be killed by chance; so many, minutes apart, that had the same promise in hand are not.
MOST_DEATHS = 8
_PROMISE = (
    "INSERT INTO public.outbox (id, company, kind, subject_id, not_before, attempts, error)"
    " VALUES (%s, %s, %s, %s, %s, 0, '')"
)
_WAKE = (
    "INSERT INTO public.wakeups (company, kind, due_at) VALUES (%s, %s, %s)"
    " ON CONFLICT (company, kind) DO UPDATE SET due_at = LEAST(wakeups.due_at, EXCLUDED.due_at)"
)
# Rows are leased by moving not_before, so a relay that dies, or a broker that forgets, makes them late and no more; the
# window bounds the rest.
#
# Companies take turns: the first promise of each goes before the second of any, and what a company has on its way
# already counts as its turns. Of long work it has only so much on its way, whoever else waits: threads are few. All of
# them together hold some threads of each worker and never the last one: a letter does not wait for ten exports. Work
# for which nobody waits comes last and holds fewer still: after a stop the nights of all companies are due at once.
_LEASE = """
WITH RECURSIVE {holders},
flying AS (
  SELECT company, count(*) AS all_of_it, count(*) FILTER (WHERE kind = ANY(%(long)s)) AS long,
    count(*) FILTER (WHERE kind = ANY(%(patient)s)) AS patient
  FROM outbox WHERE attempts > 0 AND error = '' AND not_before > statement_timestamp() AND not_before < 'infinity'
  GROUP BY company),
room AS (
  SELECT %(most_long_of_all)s * alive.workers - coalesce(sum(flying.long), 0) AS long,
    %(most_patient_of_all)s * alive.workers - coalesce(sum(flying.patient), 0) AS patient
  FROM (SELECT greatest(count(*), 1) AS workers FROM workers
        WHERE seen_at > statement_timestamp() - make_interval(secs => %(dead)s)) alive LEFT JOIN flying ON true
  GROUP BY alive.workers),
offered AS (
  SELECT due.id, due.not_before, due.is_long, due.is_patient, due.turn + coalesce(flying.all_of_it, 0) AS turn
  FROM holders LEFT JOIN flying USING (company), LATERAL (
    SELECT id, not_before, is_long, is_patient, row_number() OVER (ORDER BY is_patient, not_before) AS turn FROM (
      (SELECT id, not_before, false AS is_long, false AS is_patient FROM outbox
       WHERE company = holders.company AND not_before <= statement_timestamp() AND kind <> ALL(%(long)s)
       ORDER BY not_before LIMIT %(limit)s)
      UNION ALL
      (SELECT id, not_before, true, kind = ANY(%(patient)s) FROM outbox
       WHERE company = holders.company AND not_before <= statement_timestamp() AND kind = ANY(%(long)s)
       ORDER BY kind = ANY(%(patient)s), not_before LIMIT greatest(%(most_long)s - coalesce(flying.long, 0), 0))
    ) first) due),
ranked AS (
  SELECT id, not_before, turn, is_long, is_patient,
    row_number() OVER (PARTITION BY is_long ORDER BY is_patient, turn, not_before) AS place,
    row_number() OVER (PARTITION BY is_patient ORDER BY turn, not_before) AS place_at_night
  FROM offered),
chosen AS (
  SELECT id FROM ranked, room
  WHERE (NOT is_long OR place <= room.long) AND (NOT is_patient OR place_at_night <= room.patient)
  ORDER BY is_patient, turn, not_before LIMIT %(limit)s)
UPDATE outbox SET attempts = attempts + 1, error = '', worker = NULL,
  not_before = statement_timestamp() + make_interval(secs => %(lease)s * power(2, LEAST(attempts, 3)))
WHERE id IN (SELECT id FROM outbox WHERE id IN (SELECT id FROM chosen) AND not_before <= statement_timestamp()
             FOR UPDATE SKIP LOCKED)
RETURNING id, company, kind, subject_id, deaths, attempts
"""
_CROWD = "SELECT count(*) FROM (SELECT FROM outbox WHERE not_before <= statement_timestamp() LIMIT %s) due"
# Whose promises are due, while they are few; else everybody who has any, by jumps along the index.
_FEW = "holders AS (SELECT DISTINCT company FROM outbox WHERE not_before <= statement_timestamp())"
_MANY = """
holders AS (
  (SELECT company FROM outbox ORDER BY company LIMIT 1)
  UNION ALL
  SELECT (SELECT company FROM outbox WHERE outbox.company > holders.company ORDER BY company LIMIT 1)
  FROM holders WHERE holders.company IS NOT NULL)
"""
MOST_LONG = 2
_ANY = 1_000_000
_TAKE = """
UPDATE outbox SET worker = %s, not_before = statement_timestamp() + make_interval(secs => %s)
FROM unnest(%s::uuid[], %s::int[]) AS sent (id, attempts)
WHERE outbox.id = sent.id AND outbox.attempts = sent.attempts AND outbox.worker IS NULL AND outbox.error = ''
RETURNING outbox.id
"""
_BEAT = """
INSERT INTO workers (id, seen_at) VALUES (%s, clock_timestamp())
ON CONFLICT (id) DO UPDATE SET seen_at = clock_timestamp()
"""
_BURY = "DELETE FROM workers WHERE seen_at < statement_timestamp() - interval '1 hour'"
# The first death costs nothing. Work at which one worker after another dies waits longer each time, and at last it is
# taken out of the flow: it is what they die of.
_FREE = """
UPDATE outbox SET worker = NULL, deaths = deaths + 1,
  error = CASE WHEN deaths + 1 < %s THEN '' ELSE 'WorkerDied' END,
  not_before = CASE WHEN deaths + 1 < %s
    THEN statement_timestamp() + make_interval(secs => 4 * (power(2, LEAST(attempts - 1, 4)) - 1))
    ELSE 'infinity' END
WHERE worker IS NOT NULL AND NOT EXISTS
  (SELECT FROM workers WHERE workers.id = outbox.worker
   AND workers.seen_at > statement_timestamp() - make_interval(secs => %s))
RETURNING id, company, kind, not_before = 'infinity'
"""
_PUT_OFF = """
UPDATE outbox SET error = %s, worker = NULL,
  not_before = statement_timestamp() + make_interval(secs => 4 * power(2, LEAST(%s, 8)))
WHERE id = %s
"""
_PUT_BACK = "UPDATE outbox SET worker = NULL, not_before = statement_timestamp() WHERE id = %s"
_PARK = "UPDATE outbox SET error = %s, worker = NULL, not_before = 'infinity' WHERE id = %s"
_STRIKE_OFF = "DELETE FROM outbox WHERE id = ANY(%s::uuid[])"
_IN_FLIGHT = "SELECT count(*) FROM outbox WHERE attempts > 0 AND error = '' AND not_before > statement_timestamp()"
_QUEUE_WAKEUPS = """
WITH due AS (DELETE FROM wakeups WHERE (company, kind) IN
  (SELECT company, kind FROM wakeups WHERE due_at <= statement_timestamp()
   ORDER BY due_at LIMIT %s FOR UPDATE SKIP LOCKED)
  RETURNING company, kind)
INSERT INTO outbox (id, company, kind, subject_id, not_before, attempts, error)
  SELECT uuidv7(), company, 'job:' || kind, 0, now(), 0, '' FROM due
"""


class Freed(NamedTuple):
    """A row that a dead worker had in hand; a parked one stays for the operator."""

    id: uuid.UUID
    company: str
    kind: str
    is_parked: bool


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


def lease(
    limit: int, *, long: Collection[str] = (), patient: Collection[str] = (), threads: int = _ANY
) -> list[tuple[Any, ...]]:
    """Take up to `limit` due rows to send: (id, company, kind, subject_id, deaths, attempts). In a control scope.

    Companies take turns; of the kinds in `long` a company has at most `MOST_LONG` on their way, and all companies three
    quarters of the `threads` of each worker that lives. Those of them that are `patient` come last and have half.
    """
    if limit <= 0:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_CROWD, [limit + 1])
        (due,) = cursor.fetchone()
        if not due:
            return []
        told: dict[str, Any] = {
            "limit": limit,
            "lease": LEASE_SECONDS,
            "dead": DEAD_SECONDS,
            "long": list(long),
            "most_long": MOST_LONG,
            "most_long_of_all": max(threads * 3 // 4, 1),
            "patient": list(patient),
            "most_patient_of_all": max(threads // 2, 1),
        }
        cursor.execute(_LEASE.format(holders=_FEW if due <= limit else _MANY), told)
        return cursor.fetchall()


def take(worker: uuid.UUID, attempts: dict[str, int], seconds: float) -> set[str]:
    """Into the hands of a worker for `seconds` at most: which of the rows {id: attempts} it may keep.

    The rest has been done, leased anew or taken by another meanwhile.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [worker, seconds, list(attempts), list(attempts.values())])
        return {str(row_id) for (row_id,) in cursor.fetchall()}


def beat(worker: uuid.UUID) -> None:
    """Say that a worker is alive."""
    with connection.cursor() as cursor:
        cursor.execute(_BEAT, [worker])


def free_what_the_dead_held() -> list[Freed]:
    """Let what killed workers had in hand be sent anew; what they die of, again and again, is parked."""
    with connection.cursor() as cursor:
        cursor.execute(_BURY)
        cursor.execute(_FREE, [MOST_DEATHS, MOST_DEATHS, DEAD_SECONDS])
        return [Freed(*row) for row in cursor.fetchall()]


def strike_off(row_ids: list[str]) -> None:
    """Forget rows whose work is done."""
    with connection.cursor() as cursor:
        # Not by the model: it would read the rows first, and no calendar of Python has the moment of a parked one.
        cursor.execute(_STRIKE_OFF, [row_ids])


def put_off(promise_id: str, *, attempts: int, error: str) -> None:
    """Bring a failed row back after 4 s, 8 s … 17 min; `error` names the kind of failure, never its data."""
    with connection.cursor() as cursor:
        cursor.execute(_PUT_OFF, [error[:300], attempts, promise_id])


def put_back(promise_id: str) -> None:
    """Let a row be sent anew at once: its work could not be tried."""
    with connection.cursor() as cursor:
        cursor.execute(_PUT_BACK, [promise_id])


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
