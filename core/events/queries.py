"""Writing and reading facts."""

import json
import uuid
from collections.abc import Iterable
from typing import Any

from django.db import connection

from core.context import current_company
from core.outbox.bell import ring_after_commit

# Fact and promise in one round trip; the outbox row takes the company's own name, which the row-level rule checks.
_INSERT = """
WITH fact AS (
  INSERT INTO events_fact (kind, entity_id, payload, actor_id, on_behalf_of_id, door, is_private, at)
  VALUES (%s, %s, %s::jsonb, %s, %s, %s, %s, now()) RETURNING id
), promised AS (
  INSERT INTO public.outbox (id, company, kind, subject_id, not_before, attempts, error)
  SELECT %s, %s, 'fact', id, now(), 0, '' FROM fact
) SELECT id FROM fact
"""
# Another worker that marks the same pair is waited for; sorted pairs keep two workers from waiting for each other.
_MARK = """
INSERT INTO events_inbox (reader, fact_id, at)
  SELECT reader, fact_id, now() FROM unnest(%s::text[], %s::bigint[]) AS pair (reader, fact_id)
ON CONFLICT DO NOTHING RETURNING reader, fact_id
"""


def insert_fact(
    *,
    kind: str,
    entity_id: int | None,
    payload: dict[str, Any],
    actor_id: int,
    on_behalf_of_id: int | None,
    door: str,
    is_private: bool = False,
) -> int:
    """Write one fact with its promise; the fact's id."""
    schema = current_company().schema
    body = json.dumps(payload, ensure_ascii=False)
    row = [kind, entity_id, body, actor_id, on_behalf_of_id, door, is_private, uuid.uuid4(), schema]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, row)
        fact_id = cursor.fetchone()[0]
    ring_after_commit()
    return fact_id


def first_times(pairs: Iterable[tuple[str, int]]) -> set[tuple[str, int]]:
    """Mark that readers have had their effect from facts; those pairs (reader, fact id) that had not had it before."""
    wanted = sorted(set(pairs))
    if not wanted:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(_MARK, [[reader for reader, _ in wanted], [fact_id for _, fact_id in wanted]])
        return set(cursor.fetchall())
