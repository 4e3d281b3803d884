"""Deleting what has outlived its term: some rows at a time, oldest first, by an index."""

from collections.abc import Collection
from datetime import datetime

from django.db import connection

from core.outbox.models import Outbox

from .rules import Term

# Rows that somebody works with now are left for the next day.
_DELETE = """
DELETE FROM {table} WHERE ({key}) IN (
  SELECT {key} FROM {table} WHERE {column} < %s AND {only} AND {stays}
  ORDER BY {column} LIMIT %s FOR UPDATE SKIP LOCKED)
"""


def delete_some(term: Term, *, before: datetime, promised: Collection[int], limit: int) -> int:
    """Delete up to `limit` rows older than a moment; how many. In a company's scope."""
    quote = connection.ops.quote_name
    stays = f"{quote(term.promised)} <> ALL(%s)" if term.promised else "true"
    text = _DELETE.format(
        table=quote(term.model._meta.db_table),
        key=", ".join(quote(column) for column in term.key),
        column=quote(term.column),
        only=term.only,
        stays=stays,
    )
    known = [list(promised)] if term.promised else []
    with connection.cursor() as cursor:
        cursor.execute(text, [before, *known, limit])
        return cursor.rowcount


def facts_to_tell(schema: str) -> set[int]:
    """Facts of a company that will be told, or told again: all that the outbox holds, parked ones too.

    In a control scope. Old facts only ever leave this set, so it may be read before the deleting begins.
    """
    return set(Outbox.objects.filter(company=schema, kind="fact").values_list("subject_id", flat=True))
