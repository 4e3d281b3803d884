"""Files about persons, and taking a person out of what the product has written."""

import json
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from psycopg import sql
from psycopg.types.json import Jsonb

from core.audit.actions import restating
from core.context import owner_scope
from core.organization.models import Employee

from .models import Anonymisation, Consent, PersonFile
from .rules import blanked, without

KEPT = timedelta(days=3)
MOST_A_DAY = 3
_BATCH = 200
_FACTS = "events_fact"
# Where the product writes names of people into texts of its own: (table, columns of JSON, columns of text).
_WRITTEN: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    (_FACTS, ("payload",), ()),
    ("notifications_delivery", ("paragraphs", "links"), ("subject", "reason", "address")),
)


# What the product keeps of answers for a day: rows that hold a word go, a repetition of theirs is done anew.
_REMEMBERED = ("rest_idempotentanswer", ("body", "headers"))


def files_of(employee: Employee) -> QuerySet[PersonFile]:
    """Files about a person that have been asked for lately, the newest first."""
    return PersonFile.objects.filter(employee=employee, created_at__gt=timezone.now() - KEPT).order_by("-pk")


def is_spent(employee: Employee, author_id: int) -> bool:
    """Whether this asker has had all files about the person of these 24 hours; what has failed costs nothing."""
    since = timezone.now() - timedelta(days=1)
    asked = files_of(employee).filter(author=author_id, created_at__gt=since)
    return asked.exclude(state=PersonFile.State.FAILED).count() >= MOST_A_DAY


def consents() -> QuerySet[Consent]:
    return Consent.objects.all()


def anonymisation_of(employee: Employee) -> Anonymisation | None:
    return Anonymisation.objects.filter(employee=employee).first()


def forget_words(schema: str, card_id: int, words: Sequence[str], instead: str) -> int:
    """Replace the words in what the product has written, as the tables' owner: facts are append-only for everybody
    else. How many rows. It may be repeated."""
    count = 0
    with owner_scope(schema, side="company") as owner, owner.cursor() as cursor:
        for table, jsons, texts in _WRITTEN:
            for pk, *values in _holding(cursor, table, (*jsons, *texts), words):
                told = dict(zip((*jsons, *texts), values, strict=True))
                fresh = {name: without(json.loads(told[name]), words, instead) for name in jsons}
                with restating(schema, [pk] if table == _FACTS else []):
                    _set(cursor, table, pk, fresh, {name: without(told[name], words, instead) for name in texts})
                count += 1
        table, columns = _REMEMBERED
        gone = [pk for pk, *_ in _holding(cursor, table, columns, words)]
        cursor.execute(f"DELETE FROM {table} WHERE id = ANY(%s)", [gone])
        count += len(gone)
        cursor.execute("SELECT id, payload FROM events_fact WHERE entity_id = %s", [card_id])
        for pk, text in cursor.fetchall():
            payload = json.loads(text)
            if (fresh := blanked(payload)) != payload:
                with restating(schema, [pk]):
                    _set(cursor, _FACTS, pk, {"payload": fresh}, {})
                count += 1
    return count


def _holding(cursor: Any, table: str, columns: tuple[str, ...], words: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Rows of a table in which one of the words stands: the id, then the columns as texts."""
    texts = [sql.SQL("{}::text").format(sql.Identifier(name)) for name in columns]
    query = sql.SQL(
        "SELECT id, {columns} FROM {table} WHERE id > %s"
        " AND EXISTS (SELECT FROM unnest(%s::text[]) word WHERE position(word IN {told}) > 0) ORDER BY id LIMIT %s"
    ).format(
        columns=sql.SQL(", ").join(texts),
        table=sql.Identifier(table),
        told=sql.SQL("concat_ws(' ', {})").format(sql.SQL(", ").join(texts)),
    )
    # In the text of JSON quotes and backslashes stand escaped; the rest of a word stands as it is.
    sought = sorted({form for word in words for form in (word, json.dumps(word, ensure_ascii=False)[1:-1])})
    last = 0
    while True:
        cursor.execute(query.as_string(None), [last, sought, _BATCH])
        rows = cursor.fetchall()
        if not rows:
            return
        yield from rows
        last = rows[-1][0]


def _set(cursor: Any, table: str, pk: int, jsons: dict[str, Any], texts: dict[str, str]) -> None:
    told = sql.SQL(", ").join(sql.SQL("{} = %s").format(sql.Identifier(name)) for name in (*jsons, *texts))
    query = sql.SQL("UPDATE {} SET {} WHERE id = %s").format(sql.Identifier(table), told)
    cursor.execute(query.as_string(None), [*map(Jsonb, jsons.values()), *texts.values(), pk])
