"""Putting what an archive holds into a schema: all rows and counters in one transaction."""

import datetime
import tempfile
from collections.abc import Callable, Mapping
from typing import Any

from django.db import DataError, IntegrityError
from psycopg import sql

from core.context import owner_scope
from core.failpoints import Failpoint
from core.storage import CompanyStore
from tenants.provisioning.segments import recorded

from .bare import bared
from .errors import NotAnArchive, OtherVersion
from .lasting import as_it_stands, keep
from .reading import ArchiveFile
from .rules import COPY
from .tables import all_tables, columns_of, sheets, standing_columns

LOADED = Failpoint("archive.loaded")
_ARRIVED_TYPE = "application/octet-stream"
# So much of a file is held in memory; what is larger waits on the disk.
_IN_MEMORY = 4 * 1024 * 1024
# Under this, taking indexes away and making them anew costs more than it saves.
_MANY_ROWS = 20_000
# The planner knows nothing of a table that was emptied and filled until it has looked.
_WORTH_A_LOOK = 1000
_SET_COUNTER = "SELECT setval(pg_get_serial_sequence(%s, %s), %s, %s)"
_FORGET_PROMISES = "DELETE FROM public.outbox WHERE company = %s"
_FORGET_WAKEUPS = "DELETE FROM public.wakeups WHERE company = %s"
_PROMISE = """
INSERT INTO public.outbox (id, company, kind, subject_id, not_before, attempts, error)
VALUES (uuidv7(), %s, %s, %s, greatest(now(), %s), 0, '')
"""
_WAKE = "INSERT INTO public.wakeups (company, kind, due_at) VALUES (%s, %s, %s)"


def load(archive: ArchiveFile, schema: str, modules: list[str], *, known_kinds: Callable[[str], bool]) -> list[int]:
    """Make the schema hold what the archive holds; what stood in it before goes. One transaction.

    Over a copy that comes back in place stays what `lasting` and tables that are `standing` say; answered are the
    cards of people whose names are to be taken away again.

    OtherVersion when its tables are not those of the archive, NotAnArchive when a part of it is damaged, NobodyToOpen.
    """
    told = archive.manifest
    chosen = {sheet.table: sheet for sheet in sheets(modules, told.flavour)}
    if set(chosen) != set(told.tables):
        raise OtherVersion(sorted(set(chosen) - set(told.tables)), sorted(set(told.tables) - set(chosen)))
    prefix = CompanyStore(schema).prefix
    with owner_scope(schema, side="company", lock_timeout_ms=10_000) as connection, connection.cursor() as cursor:
        stands = recorded(connection)
        if stands != set(told.migrations):
            raise OtherVersion(sorted(stands - set(told.migrations)), sorted(set(told.migrations) - stands))
        columns = columns_of(connection, schema)
        staying = standing_columns() if told.flavour == COPY else {}
        _on_all(cursor, "LOCK TABLE {} IN ACCESS EXCLUSIVE MODE", all_tables(modules))
        stood = as_it_stands(cursor) if told.flavour == COPY else None
        _on_all(cursor, "TRUNCATE {}", [name for name in all_tables(modules) if name not in staying])
        with bared(cursor, schema, worth=sum(table.rows for table in told.tables.values()) > _MANY_ROWS):
            for table, sheet in chosen.items():
                if table in staying:
                    continue
                statement = sheet.insert(columns[table])
                for lines in archive.lines(table):
                    _insert(cursor, statement, {"rows": f"[{','.join(lines)}]", "prefix": prefix}, table)
        # References are checked at the end of a transaction; here the fault still has a name.
        _insert(cursor, "SET CONSTRAINTS ALL IMMEDIATE", {}, "со ссылками")
        _look_at(cursor, [table for table, rows in told.tables.items() if rows.rows >= _WORTH_A_LOOK])
        nameless = keep(cursor, stood) if stood else []
        for table, anew in staying.items():
            _part(cursor, archive, table, anew)
        moved = {place: value for place, value in told.sequences.items() if place.partition(".")[0] not in staying}
        _set_counters(cursor, moved, columns)
        _promise(cursor, schema, archive, known_kinds)
        LOADED.reach()
    return nameless


def _on_all(cursor: Any, statement: str, tables: list[str]) -> None:
    cursor.execute(sql.SQL(statement).format(sql.SQL(", ").join(map(sql.Identifier, tables))).as_string(None))


def _part(cursor: Any, archive: ArchiveFile, table: str, anew: Mapping[str, str]) -> None:
    """Let rows that the archive does not know keep clear of ids that are given anew, and give the others their own."""
    if not anew:
        return
    known = archive.manifest.sequences.get(f"{table}.id", [0, True])
    names = {"table": sql.Identifier(table)}
    fresh = sql.SQL(", ").join(
        sql.SQL("{} = ").format(sql.Identifier(name)) + sql.SQL(how) for name, how in anew.items()
    )
    query = sql.SQL("UPDATE {table} SET {fresh} WHERE id > %s").format(fresh=fresh, **names)
    cursor.execute(query.as_string(None), [int(known[0]) - (not known[1])])
    own = sql.SQL(", ").join(sql.SQL("{0} = r.{0}").format(sql.Identifier(name)) for name in anew)
    query = sql.SQL(
        "UPDATE {table} t SET {own} FROM json_populate_recordset(NULL::{table}, %(rows)s::json) r WHERE t.id = r.id"
    ).format(own=own, **names)
    for lines in archive.lines(table):
        _insert(cursor, query.as_string(None), {"rows": f"[{','.join(lines)}]"}, table)


def put_files(archive: ArchiveFile, schema: str) -> None:
    """Put the objects where rows will name them. They are written whole or not at all; outside of any scope.

    One that stands already stays: under one key the bytes never change.
    """
    store = CompanyStore(schema)
    wanted = {f"{store.prefix}{name}": name for name in archive.manifest.files}
    standing = {one.key: one.size for page in store.pages() for one in page if one.key in wanted} if wanted else {}
    for key, name in wanted.items():
        if standing.get(key) == archive.manifest.files[name].size:
            continue
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as waiting:
            for block in archive.blocks(name):
                waiting.write(block)
            waiting.seek(0)
            store.put(key, waiting, content_type=_ARRIVED_TYPE)


def _look_at(cursor: Any, tables: list[str]) -> None:
    if tables:
        names = sql.SQL(", ").join(map(sql.Identifier, tables))
        cursor.execute(sql.SQL("ANALYZE {}").format(names).as_string(None))


def _insert(cursor: Any, statement: str, told: dict[str, Any], table: str) -> None:
    try:
        cursor.execute(statement, told)
    except (DataError, IntegrityError) as wrong:
        raise NotAnArchive(f"строки таблицы {table} не подходят к ней") from wrong


def _set_counters(cursor: Any, told: dict[str, list[Any]], columns: dict[str, list[str]]) -> None:
    for place, value in told.items():
        table, _, column = place.partition(".")
        if column not in columns.get(table, ()) or len(value) != 2:
            raise NotAnArchive("счётчик чужой таблицы")
        cursor.execute(_SET_COUNTER, [table, column, int(value[0]), bool(value[1])])


def _promise(cursor: Any, schema: str, archive: ArchiveFile, known_kinds: Callable[[str], bool]) -> None:
    """What was to be done at that moment is to be done now, or when it is due; what was promised since is not."""
    cursor.execute(_FORGET_PROMISES, [schema])
    cursor.execute(_FORGET_WAKEUPS, [schema])
    for kind, subject_id, not_before in archive.manifest.promises:
        if known_kinds(kind):
            moment = datetime.datetime.fromisoformat(not_before)
            cursor.execute(_PROMISE, [schema, kind, int(subject_id), moment])
    for kind, due_at in archive.manifest.wakeups:
        if known_kinds(f"job:{kind}"):
            cursor.execute(_WAKE, [schema, kind, datetime.datetime.fromisoformat(due_at)])
