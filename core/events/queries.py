"""Writing and reading facts."""

import json
import uuid
from typing import Any

from django.db import connection

from core.context import current_company
from core.outbox.bell import ring_after_commit

from .models import Inbox

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


def first_time(reader: str, fact_id: int) -> bool:
    """Mark that a reader has had its effect from a fact; False when it had it before."""
    _, made = Inbox.objects.get_or_create(reader=reader, fact_id=fact_id)
    return made
