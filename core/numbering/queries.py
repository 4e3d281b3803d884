"""Statements on counters and on the numbers that they have left behind."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import QuerySet

from core.access.actor import Actor
from core.entities.models import Entity

from .models import NumberMask, ReservedNumber
from .rules import NEEDED, NO_SIGN, Signs, below, period_of

# Of a department without a short code the nearest one above that has one speaks.
_DEPARTMENT = """
SELECT named.code FROM organization_employee who
JOIN organization_department own ON own.id = who.department_id
JOIN organization_department named ON named.id = ANY(own.path) AND named.code <> ''
WHERE who.principal_id = %(whose)s::bigint ORDER BY cardinality(named.path) DESC LIMIT 1
"""
# One round trip: the mask; the free numbers of the counter, the lowest first, as far as nobody else is taking them;
# and for the rest the row of the counter, which is made with the first card and stays locked until the transaction
# ends. Where a kind has many counters, its mask is locked before: two who need several of them would else wait for each
# other in a circle.
_TAKE = f"""
WITH known AS (SELECT mask, period, mode, per_department, per_type, types
  FROM numbering_numbermask WHERE kind = %(kind)s),
signs AS (SELECT
  CASE WHEN per_department THEN COALESCE(({_DEPARTMENT}), %(none)s) END AS department,
  CASE WHEN per_type THEN COALESCE(NULLIF(types ->> %(type)s, ''), %(none)s) END AS card_type FROM known),
place AS (SELECT %(kind)s
  || COALESCE((SELECT '|' || (%(periods)s::jsonb ->> period) FROM known WHERE period <> 'none'), '')
  || COALESCE((SELECT '|d=' || department FROM signs), '')
  || COALESCE((SELECT '|t=' || card_type FROM signs), '') AS key),
freed AS (DELETE FROM numbering_reservednumber WHERE id IN (
  SELECT id FROM numbering_reservednumber WHERE counted_by = (SELECT key FROM place) AND holder_id IS NULL
    AND mask = COALESCE((SELECT mask FROM known), %(mask)s)
  ORDER BY counter LIMIT %(count)s FOR UPDATE SKIP LOCKED) RETURNING counter),
need AS (SELECT %(count)s - (SELECT count(*) FROM freed) AS missing),
gate AS (SELECT kind FROM numbering_numbermask WHERE kind = %(kind)s AND (per_department OR per_type)
  AND (SELECT missing FROM need) > 0 FOR NO KEY UPDATE),
moved AS (INSERT INTO numbering_numbercounter AS counter (kind, last, is_stale)
  SELECT key, missing, EXISTS (SELECT FROM known) FROM place, need, (SELECT count(*) AS gates FROM gate) AS passed
  WHERE missing > 0 AND gates >= 0
  ON CONFLICT (kind) DO UPDATE SET last = counter.last + EXCLUDED.last RETURNING last, is_stale)
SELECT key, (SELECT mask FROM known), (SELECT mode FROM known), (SELECT department FROM signs),
  (SELECT card_type FROM signs), ARRAY(SELECT counter FROM freed ORDER BY counter), (SELECT last FROM moved),
  COALESCE((SELECT is_stale FROM moved), false) FROM place
"""
_SETTLE = """
UPDATE numbering_numbercounter SET is_stale = false, last = GREATEST(last, %(highest)s + %(count)s)
WHERE kind = %(key)s RETURNING last
"""
# Whoever has waited for the counter sees what the one before him has laid out, and adds only what is missing.
_LAY_OUT = """
WITH lack AS (SELECT %(count)s - count(*) AS missing FROM numbering_reservednumber
  WHERE counted_by = %(key)s AND holder_id IS NULL),
moved AS (UPDATE numbering_numbercounter SET last = last + missing FROM lack
  WHERE kind = %(key)s AND missing > 0 RETURNING last, missing)
INSERT INTO numbering_reservednumber (kind, counted_by, counter, mask)
SELECT %(kind)s, %(key)s, generate_series(last - missing + 1, last), %(mask)s FROM moved
"""
# A number in the trash is taken, too, and so is one that somebody keeps for later.
_HIGHEST = """
SELECT GREATEST(
  (SELECT max(substring(number from %(pattern)s)::bigint) FROM entities_entity
    WHERE kind = %(kind)s AND number ~ %(pattern)s AND number <> ''),
  (SELECT max(substring(number from %(pattern)s)::bigint) FROM numbering_reservednumber
    WHERE kind = %(kind)s AND number ~ %(pattern)s))
"""
# Numbers kept for a while are used out of their order, so the last card is not always the highest.
_MOMENTS = ("created_at", "starts_at")
_CURRENT = """
SELECT id, number, substring(number from %(pattern)s)::bigint AS counter FROM (
  SELECT id, number FROM entities_entity
  WHERE kind = %(kind)s AND trashed_at IS NULL AND {moment} < %(until)s AND number ~ %(pattern)s
  ORDER BY {moment} DESC, id DESC LIMIT 100) AS latest
ORDER BY counter DESC LIMIT 1
"""
_BELOW = """
SELECT substring(number from %(from)s)::int FROM entities_entity
WHERE kind = %(kind)s AND number LIKE %(like)s AND number ~ %(pattern)s
UNION SELECT counter::int FROM numbering_reservednumber WHERE counted_by = %(key)s
"""
_STAND_STILL = "LOCK TABLE numbering_numbercounter IN EXCLUSIVE MODE"
_SET = """
INSERT INTO numbering_numbercounter (kind, last) VALUES (%s, %s)
ON CONFLICT (kind) DO UPDATE SET last = EXCLUDED.last, is_stale = false
"""
_GROW_STALE = "UPDATE numbering_numbercounter SET is_stale = true WHERE split_part(kind, '|', 1) = %s"
_SIGNS_OF = """
SELECT DISTINCT ON (who.principal_id) who.principal_id, named.code FROM organization_employee who
JOIN organization_department own ON own.id = who.department_id
JOIN organization_department named ON named.id = ANY(own.path) AND named.code <> ''
WHERE who.principal_id = ANY(%s) ORDER BY who.principal_id, cardinality(named.path) DESC
"""
_SIGNS = "SELECT code FROM organization_department WHERE code <> '' ORDER BY cardinality(path), title, id LIMIT %s"


@dataclass(frozen=True)
class Taken:
    """What a counter has given: `freed` counters first, and those up to `last`, when there were not enough of them.

    `mask` and `mode` are the company's, None where it has none for the kind.
    """

    key: str
    mask: str | None
    mode: str | None
    department: str | None
    card_type: str | None
    freed: list[int]
    last: int | None
    is_stale: bool

    @property
    def signs(self) -> Signs:
        return Signs(self.department or NO_SIGN, self.card_type or NO_SIGN)


def move_counter(kind: str, count: int, on: date, *, mask: str, whose: int | None, card_type: str) -> Taken:
    """Take `count` numbers of a kind for somebody's card of a type; `mask` is the one of the kind itself."""
    told = json.dumps({period: period_of(period, on) for period in NEEDED})
    asked: dict[str, str | int | None] = {"kind": kind, "count": count, "periods": told, "mask": mask, "none": NO_SIGN}
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, asked | {"whose": whose, "type": card_type})
        return Taken(*cursor.fetchone())


def settle_counter(key: str, count: int, highest: int) -> int:
    """Let a counter from which `count` were just taken give them behind `highest`; the last of them."""
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE, {"key": key, "count": count, "highest": highest})
        return cursor.fetchone()[0]


def lay_out(kind: str, key: str, mask: str, count: int) -> None:
    """See to it that so many free numbers lie ready beside a counter that this transaction holds."""
    with connection.cursor() as cursor:
        cursor.execute(_LAY_OUT, {"kind": kind, "key": key, "mask": mask, "count": count})


def highest_taken(kind: str, pattern: str) -> int:
    """The highest counter among the numbers of a kind that a mask could have written; 0 when there is none."""
    with connection.cursor() as cursor:
        cursor.execute(_HIGHEST, {"kind": kind, "pattern": pattern})
        return cursor.fetchone()[0] or 0


def current_number(
    kind: str, pattern: str, until: datetime, *, numbered_at: str = "created_at"
) -> tuple[str, int] | None:
    """The number that was the highest before a moment, and its counter; its card stays locked, so that nobody else
    takes a number under it. None when there was none. `numbered_at` is the column that tells when a card got its
    own."""
    if numbered_at not in _MOMENTS:
        raise LookupError(numbered_at)
    with connection.cursor() as cursor:
        cursor.execute(_CURRENT.format(moment=numbered_at), {"kind": kind, "pattern": pattern, "until": until})
        found = cursor.fetchone()
    if found is None:
        return None
    Entity.objects.select_for_update(no_key=True).get(pk=found[0])
    return found[1], found[2]


def taken_below(kind: str, base: str, key: str) -> set[int]:
    """Counters of the numbers under one number that cards have, also in the trash, or that are kept for later."""
    start = below(base, "")
    like = start.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    told = {"kind": kind, "like": like, "pattern": f"^{re.escape(start)}[0-9]{{1,6}}$", "from": "([0-9]+)$", "key": key}
    with connection.cursor() as cursor:
        cursor.execute(_BELOW, told)
        return {row[0] for row in cursor.fetchall()}


def stop_counters() -> None:
    """Let nobody take a number until the transaction ends, and wait for those who are taking one."""
    with connection.cursor() as cursor:
        cursor.execute(_STAND_STILL)


def set_counter(key: str, last: int) -> None:
    """Let a counter go on behind `last`."""
    with connection.cursor() as cursor:
        cursor.execute(_SET, [key, last])


def doubt_counters(kind: str) -> None:
    """Let each counter of a kind look for numbers in its way before it gives the next one."""
    with connection.cursor() as cursor:
        cursor.execute(_GROW_STALE, [kind])


def departments_of(principals: Iterable[int]) -> dict[int, str]:
    """Principal → the short code of his department, or of the nearest one above that has one."""
    with connection.cursor() as cursor:
        cursor.execute(_SIGNS_OF, [list(set(principals))])
        return dict(cursor.fetchall())


def department_signs(limit: int) -> list[str]:
    """Short codes of departments, those at the top first."""
    with connection.cursor() as cursor:
        cursor.execute(_SIGNS, [limit])
        return [row[0] for row in cursor.fetchall()]


def masks() -> dict[str, NumberMask]:
    """Kind → the company's own mask."""
    return {row.kind: row for row in NumberMask.objects.all()}


def mask_of(kind: str) -> NumberMask | None:
    """The company's own mask of a kind."""
    return NumberMask.objects.filter(pk=kind).first()


def reserved_numbers(*, kind: str = "", of: Actor | None = None) -> QuerySet[ReservedNumber]:
    """Numbers that are kept for later: of a kind, of one person, or all."""
    rows = ReservedNumber.objects.filter(holder__isnull=False)
    if kind:
        rows = rows.filter(kind=kind)
    return rows.filter(holder=of.principal_id) if of is not None else rows


def free_counters(keys: Iterable[str], mask: str, limit: int) -> dict[str, list[int]]:
    """Counter → what lies free beside it, the lowest first."""
    rows = ReservedNumber.objects.filter(counted_by__in=list(keys), holder__isnull=True, mask=mask)
    found: dict[str, list[int]] = {}
    for key, counter in rows.order_by("counted_by", "counter").values_list("counted_by", "counter")[: limit * 10]:
        found.setdefault(key, []).append(counter)
    return {key: counters[:limit] for key, counters in found.items()}


def soonest_end() -> datetime | None:
    """When the next number that is kept for somebody comes back."""
    return reserved_numbers().order_by("until").values_list("until", flat=True).first()
