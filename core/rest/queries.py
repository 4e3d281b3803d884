"""Statements on remembered answers, and those that answer about many parts of a list at once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import DateTimeField, QuerySet

from core.compiled import Written

# Nobody reads a larger figure, and counting further would cost the more the larger the company.
COUNTED_UP_TO = 10_000
# A twin in flight holds the key until it commits; ours waits here and then finds the row there.
_CLAIM = """
INSERT INTO rest_idempotentanswer (principal_id, key, request_hash, headers, created_at)
VALUES (%s, %s, %s, '{}', now()) ON CONFLICT (principal_id, key) DO NOTHING RETURNING id
"""
_ANSWER = "UPDATE rest_idempotentanswer SET status = %s, body = %s::jsonb, headers = %s::jsonb WHERE id = %s"


def claim_key(principal_id: int, key: str, request_hash: str) -> int | None:
    """Take a key for a request; the row's id, or None when the key has been taken before."""
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [principal_id, key, request_hash])
        row = cursor.fetchone()
    return row[0] if row else None


def keep_answer(row_id: int, status: int, body: str | None, headers: str) -> None:
    """Write the answer into a claimed row; `body` and `headers` are JSON texts."""
    with connection.cursor() as cursor:
        cursor.execute(_ANSWER, [status, body, headers, row_id])


def counted(lists: Sequence[QuerySet], most: int = COUNTED_UP_TO) -> list[int]:
    """How many rows each list has, up to `most`, in one statement."""
    parts: list[str] = []
    values: list[Any] = []
    for rows in lists:
        text, params = rows.order_by().values("pk")[:most].query.sql_with_params()
        parts.append(f"(SELECT count(*) FROM ({text}) AS counted)")
        values += params
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", values)
        return list(cursor.fetchone())


def firsts_of_spans(
    rows: QuerySet, column: str, edges: Sequence[datetime], *, first: int, most: int
) -> list[tuple[int, list[int]]]:
    """Of each span between two neighbouring edges: how many rows fall into it, up to `most`, and the ids of its first.

    One statement; each span is read from the index that orders the column, and no further than asked.
    """
    since, until = (Written(f"spans.{edge}", (), DateTimeField()) for edge in ("since", "until"))
    held = rows.filter(**{f"{column}__gte": since, f"{column}__lt": until})
    counted, counted_params = held.order_by().values("pk")[:most].query.sql_with_params()
    listed, listed_params = held.order_by(column, "pk").values("pk")[:first].query.sql_with_params()
    text = (
        f"SELECT (SELECT count(*) FROM ({counted}) AS counted), ARRAY({listed})"
        " FROM unnest(%s::timestamptz[], %s::timestamptz[]) WITH ORDINALITY AS spans (since, until, place)"
        " ORDER BY place"
    )
    with connection.cursor() as cursor:
        cursor.execute(text, [*counted_params, *listed_params, list(edges[:-1]), list(edges[1:])])
        return cursor.fetchall()
