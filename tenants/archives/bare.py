"""Filling emptied tables without their indexes and references: both are made at the end, each in one pass.

A row that is inserted finds its place in every index and queues a check of every reference. Of a company with hundreds
of thousands of rows that was most of the time; PostgreSQL's own restore goes the same way.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DataError, IntegrityError
from psycopg import sql

from .errors import NotAnArchive

_REFERENCES = """
SELECT r.relname, k.conname, pg_get_constraintdef(k.oid)
FROM pg_constraint k JOIN pg_class r ON r.oid = k.conrelid
WHERE k.contype = 'f' AND k.connamespace = %s::regnamespace ORDER BY r.relname, k.conname
"""
# What a constraint stands on goes with the constraint, and keys stay: they say at once which row is wrong.
_INDEXES = """
SELECT x.relname, pg_get_indexdef(i.indexrelid)
FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
WHERE x.relnamespace = %s::regnamespace AND x.relkind = 'i' AND NOT i.indisreplident
  AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
ORDER BY x.relname
"""
_ROOM = "SET LOCAL maintenance_work_mem = '128MB'"


@contextmanager
def bared(cursor: Any, schema: str, *, worth: bool) -> Iterator[None]:
    """Take references and indexes of a schema away and put the very same back at the end, in the open transaction.

    NotAnArchive when the rows that came do not fit them. Does nothing unless it is `worth` the while.
    """
    if not worth:
        yield
        return
    references, indexes = _found(cursor, _REFERENCES, schema), _found(cursor, _INDEXES, schema)
    for table, name, _ in references:
        cursor.execute(_text("ALTER TABLE {} DROP CONSTRAINT {}", table, name))
    for name, _ in indexes:
        cursor.execute(_text("DROP INDEX {}", name))
    yield
    cursor.execute(_ROOM)
    for name, definition in indexes:
        _make(cursor, definition, f"не подходят к индексу {name}")
    for table, name, definition in references:
        _make(
            cursor, f"{_text('ALTER TABLE {} ADD CONSTRAINT {}', table, name)} {definition}", "не сходятся со ссылками"
        )


def _found(cursor: Any, query: str, schema: str) -> list[tuple[str, ...]]:
    cursor.execute(query, [schema])
    return cursor.fetchall()


def _make(cursor: Any, statement: str, wrong: str) -> None:
    try:
        # A definition may hold a per cent sign; without values nothing is looked for in it.
        cursor.execute(statement)
    except (DataError, IntegrityError) as failure:
        raise NotAnArchive(f"строки {wrong}") from failure


def _text(form: str, *names: str) -> str:
    return sql.SQL(form).format(*map(sql.Identifier, names)).as_string(None)
