"""Writing an archive: all tables and books at one moment, the objects that they name, the manifest last."""

import hashlib
import logging
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.db import connection
from django.utils import timezone
from psycopg import sql

from core.access.loading import actor_of_principal
from core.context import Company as Snapshot
from core.context import company_scope, control_scope, owner_scope
from core.identity.models import Principal
from core.storage import CompanyStore, ObjectMissing
from tenants.appeals.queries import told_of_company
from tenants.models import Company
from tenants.provisioning.segments import recorded

from .books import kinds_with_books, write_appeals, write_book
from .rules import MANIFEST, File, Manifest, Table, book_entry, file_entry, table_entry
from .tables import PLAIN, Sheet, columns_of, sheets

log = logging.getLogger(__name__)
# Hears (part, how many are done, of how many): tables, then books, then files.
Hearer = Callable[[str, int, int], None]
_BLOCK = 1024 * 1024
# As long as a company with millions of rows takes.
_MOST_MS = 3_600_000
_SEQUENCES = """
SELECT t.relname || '.' || a.attname, s.oid::regclass::text
FROM pg_class s JOIN pg_depend d ON d.objid = s.oid AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
JOIN pg_class t ON t.oid = d.refobjid JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
WHERE s.relkind = 'S' AND s.relnamespace = %s::regnamespace AND t.relname = ANY(%s) ORDER BY 1
"""
# What is parked waits for the operator of this installation.
_PROMISES = """
SELECT kind, subject_id, not_before FROM outbox WHERE company = %s AND not_before < 'infinity' ORDER BY kind, subject_id
"""
_WAKEUPS = "SELECT kind, due_at FROM wakeups WHERE company = %s ORDER BY kind"


class Archive:
    """One archive being written to a binary file; with books as `reader`, a principal's id, reads the lists."""

    def __init__(
        self,
        company: Snapshot,
        flavour: str,
        target: IO[bytes],
        *,
        rows_only: bool = False,
        reader: int | None = None,
        heard: Hearer | None = None,
    ) -> None:
        self._company, self._flavour, self._rows_only, self._reader = company, flavour, rows_only, reader
        self._heard = heard or _nobody_hears
        self._books: dict[str, File] = {}
        self._store = CompanyStore(company.schema)
        self._zip = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
        self._keys: set[str] = set()

    def write(self) -> Manifest:
        """Write all of it; opens its own scopes. The manifest."""
        with control_scope():
            row = Company.objects.get(schema_name=self._company.schema)
            # For its owner alone: nobody reads them back, and another installation has its own.
            appeals = told_of_company(row.pk) if self._reader is not None else ()
        with self._zip:
            told = self._write_tables(row)
            write_appeals(appeals, row.time_zone, self._put_book)
            keys = self._keys | ({row.logo} if row.logo else set())
            files, missing = ({}, []) if self._rows_only else self._write_files(sorted(keys))
            manifest = Manifest(**told, files=files, missing=missing, books=self._books)
            self._zip.writestr(MANIFEST, manifest.text())
        return manifest

    def _write_tables(self, row: Company) -> dict[str, Any]:
        with company_scope(self._company, statement_timeout_ms=_MOST_MS, frozen=True):
            moment = timezone.now()
            columns = columns_of(connection, self._company.schema)
            chosen = sheets(row.modules_installed, self._flavour)
            tables = {}
            for count, sheet in enumerate(chosen, 1):
                tables[sheet.table] = self._write_table(sheet, columns[sheet.table])
                self._heard("tables", count, len(chosen))
            if self._reader is not None:
                self._write_books(self._reader)
            migrations = sorted(recorded(connection))
            with self._at_the_same_moment() as cursor:
                sequences = self._sequences(cursor, list(tables))
                cursor.execute(_PROMISES, [self._company.schema])
                promises = [[kind, pk, not_before.isoformat()] for kind, pk, not_before in cursor.fetchall()]
                cursor.execute(_WAKEUPS, [self._company.schema])
                wakeups = [[kind, due_at.isoformat()] for kind, due_at in cursor.fetchall()]
        return {
            "flavour": self._flavour,
            "made_at": moment.isoformat(),
            "place": self._store.prefix,
            "company": self._told(row),
            "migrations": migrations,
            "tables": tables,
            "sequences": sequences,
            "promises": promises,
            "wakeups": wakeups,
        }

    def _write_table(self, sheet: Sheet, columns: list[str]) -> Table:
        rows, checksum = 0, hashlib.sha256()
        prefix = sql.Literal(self._store.prefix).as_string(None)
        query = sheet.select(columns, self._flavour).replace("{prefix}", prefix)
        with connection.cursor() as cursor, self._zip.open(table_entry(sheet.table), "w", force_zip64=True) as entry:
            with cursor.copy(f"COPY ({query}) TO STDOUT WITH {PLAIN}") as lines:
                for block in lines:
                    rows += bytes(block).count(b"\n")
                    checksum.update(block)
                    entry.write(block)
            if sheet.carried:
                cursor.execute(f"SELECT DISTINCT {sheet.carried} FROM {connection.ops.quote_name(sheet.table)}")
                self._keys.update(key for (key,) in cursor.fetchall() if key)
        return Table(rows, checksum.hexdigest())

    def _write_books(self, reader: int) -> None:
        actor = actor_of_principal(Principal.objects.get(pk=reader), door="job")
        kinds = kinds_with_books(actor)
        for count, kind in enumerate(kinds, 1):
            write_book(actor, kind, self._put_book)
            self._heard("books", count, len(kinds))

    def _put_book(self, name: str, path: Path) -> None:
        checksum = hashlib.sha256()
        about = _stored(book_entry(name))
        with path.open("rb") as source, self._zip.open(about, "w", force_zip64=True) as entry:
            while block := source.read(_BLOCK):
                checksum.update(block)
                entry.write(block)
        self._books[name] = File(path.stat().st_size, checksum.hexdigest())

    @contextmanager
    def _at_the_same_moment(self) -> Iterator[Any]:
        """A cursor of the owner that sees what the open scope sees: queues of the registry, counters of keys."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_export_snapshot()")
            (snapshot,) = cursor.fetchone()
        with owner_scope("public", side="public", snapshot=snapshot) as owner, owner.cursor() as cursor:
            yield cursor

    def _sequences(self, cursor: Any, tables: list[str]) -> dict[str, list[Any]]:
        cursor.execute(_SEQUENCES, [self._company.schema, tables])
        found = {}
        for column, sequence in cursor.fetchall():
            cursor.execute(f"SELECT last_value, is_called FROM {sequence}")
            found[column] = list(cursor.fetchone())
        return found

    def _write_files(self, keys: list[str]) -> tuple[dict[str, File], list[str]]:
        files, missing = {}, []
        for count, key in enumerate(keys, 1):
            self._heard("files", count, len(keys))
            name = key.removeprefix(self._store.prefix)
            try:
                files[name] = self._write_file(key, name)
            except ObjectMissing:
                missing.append(name)
        if missing:
            log.warning("%s objects that rows name are not in the store", len(missing))
        return files, missing

    def _write_file(self, key: str, name: str) -> File:
        (found, blocks), checksum = self._store.stream(key), hashlib.sha256()
        with self._zip.open(_stored(file_entry(name)), "w", force_zip64=True) as entry:
            for block in blocks:
                checksum.update(block)
                entry.write(block)
        return File(found.size, checksum.hexdigest())

    def _told(self, row: Company) -> dict[str, Any]:
        logo = row.logo.removeprefix(self._store.prefix)
        told = {name: getattr(row, name) for name in ("name", "slug", "inn", "time_zone", "accent")}
        return told | {"logo": logo, "modules": sorted(row.modules), "modules_installed": sorted(row.modules_installed)}


def write_archive(
    company: Snapshot,
    flavour: str,
    target: IO[bytes],
    *,
    rows_only: bool = False,
    reader: int | None = None,
    heard: Hearer | None = None,
) -> Manifest:
    """Write the company as it stands at this moment; nobody waits for it. The manifest.

    `rows_only`: without its files, for a copy that is taken back while the store still holds them (`BACKUP_DAYS`).
    """
    return Archive(company, flavour, target, rows_only=rows_only, reader=reader, heard=heard).write()


def write_archive_file(company: Snapshot, flavour: str, path: Path, *, rows_only: bool = False) -> Manifest:
    """The same into a file that appears whole or not at all."""
    unfinished = path.with_name(f"{path.name}.unfinished")
    with unfinished.open("wb") as target:
        manifest = write_archive(company, flavour, target, rows_only=rows_only)
    unfinished.rename(path)
    return manifest


def _stored(place: str) -> zipfile.ZipInfo:
    """An entry as it is: most files, and all books, are compressed already."""
    about = zipfile.ZipInfo(place, date_time=timezone.now().timetuple()[:6])
    about.compress_type = zipfile.ZIP_STORED
    return about


def _nobody_hears(part: str, done: int, whole: int) -> None:
    """Whoever calls from a command waits for the end."""
