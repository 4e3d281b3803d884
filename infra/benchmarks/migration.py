"""A column added to 1,000 companies by a release of ours, and to a few of them by django-tenants' own command.

The release is one migration more than the code has (release/), brought in as every release is: `manage.py prepare`
beside the running product. Its whole time counts, from the start of the process: reading the plan, the segments, the
pool. The library is timed schema by schema, after its process has started and after a first run, in which it records
what it finds missing by its own count. Both leave the column, its default and the record; that is looked at.
Afterwards everything is as it was: the column is dropped and the product's own code prepares the data again.
"""

import json
import time
from dataclasses import dataclass

from infra.benchmarks.figures import Figure, figure, percentile
from infra.benchmarks.thousand import COMPANIES, Thousand

SAMPLE, PASSES, LEAST = 8, 3, 50
_RELEASE = "infra.benchmarks.release"
_TABLE, _COLUMN, _RECORD = "tasks_task", "effort", "9000_effort"
_BATCH = 50


@dataclass(frozen=True)
class _Standing:
    """A company's schema before: the registry's mark and the last migration recorded."""

    schema: str
    fingerprint: str
    last_record: int


def run() -> list[Figure]:
    """Milliseconds per company of a release, beside the library's on a sample; a request to a migrated company."""
    with Thousand(WEB_PROCESSES="1") as field:
        before = _read(field)
        sample = [one.schema for one in before[:: len(before) // SAMPLE][:SAMPLE]]
        theirs = _library(field, sample)
        ours = [_release(field, before) for _ in range(PASSES)]
    each = percentile(ours, 0.5) / len(before) * 1000
    library = percentile(theirs, 0.5) * 1000
    return [
        figure("migration: столбец, выпуск целиком, на компанию", each, "мс"),
        figure("migration: столбец, команда библиотеки, на компанию, p50", library, "мс"),
        figure(f"migration: во сколько раз быстрее ({len(before)} компаний)", library / each, "раз", least=LEAST),
    ]


def _library(field: Thousand, sample: list[str]) -> list[float]:
    """Seconds of each schema; the sample is as before at the end."""
    standing = _read(field, sample)
    command = ("-m", f"{_RELEASE}.by_library", *sample)
    try:
        field.python(*command, settings=f"{_RELEASE}.library_now")
        spent = json.loads(field.python(*command, settings=f"{_RELEASE}.library"))
        _must_have(field, sample)
        return spent
    finally:
        _undo(field, standing)


def _release(field: Thousand, before: list[_Standing]) -> float:
    """Seconds of the whole release; the code as it is prepares the data afterwards."""
    begun = time.perf_counter()
    try:
        field.manage("prepare", settings=f"{_RELEASE}.settings")
        spent = time.perf_counter() - begun
        _must_have(field, [one.schema for one in before])
        _must_answer(field)
        return spent
    finally:
        _undo(field, before)
        field.manage("prepare")


def _read(field: Thousand, schemas: list[str] | None = None) -> list[_Standing]:
    with field.database() as connection:
        rows = connection.execute("SELECT schema_name, fingerprint FROM tenants_company ORDER BY id").fetchall()
        wanted = [row for row in rows if schemas is None or row[0] in schemas]
        found = []
        for schema, fingerprint in wanted:
            last = connection.execute(f'SELECT max(id) FROM "{schema}".django_migrations').fetchone()
            found.append(_Standing(schema, fingerprint, last[0]))  # type: ignore[index]
    return found


def _undo(field: Thousand, standing: list[_Standing]) -> None:
    """Drop the column and forget what was recorded after; fifty schemas to a transaction, for the sake of locks."""
    with field.database() as connection:
        for start in range(0, len(standing), _BATCH):
            with connection.transaction():
                for one in standing[start : start + _BATCH]:
                    connection.execute(f'ALTER TABLE "{one.schema}".{_TABLE} DROP COLUMN IF EXISTS {_COLUMN}')
                    connection.execute(f'DELETE FROM "{one.schema}".django_migrations WHERE id > %s', [one.last_record])
                    connection.execute(
                        "UPDATE tenants_company SET fingerprint = %s WHERE schema_name = %s",
                        [one.fingerprint, one.schema],
                    )


def _must_have(field: Thousand, schemas: list[str]) -> None:
    """Each of the schemas has the column and the record of it, or nothing was measured."""
    with field.database() as connection:
        row = connection.execute(
            "SELECT count(*) FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
            " WHERE c.relname = %s AND a.attname = %s AND c.relnamespace::regnamespace::text = ANY(%s)",
            [_TABLE, _COLUMN, schemas],
        ).fetchone()
        recorded = sum(
            len(connection.execute(f"SELECT FROM \"{name}\".django_migrations WHERE name = '{_RECORD}'").fetchall())
            for name in schemas
        )
    if (row[0], recorded) != (len(schemas), len(schemas)):  # type: ignore[index]
        raise RuntimeError(f"{row[0]} columns and {recorded} records in {len(schemas)} schemas")  # type: ignore[index]


def _must_answer(field: Thousand) -> None:
    """The code as it was serves companies that are migrated already: a release is brought in while people work."""
    for slug, owner in field.owners(field.slugs[:: COMPANIES // 10]).items():
        status, told = field.product.call("GET", "tasks/", slug=slug, token=owner["token"])
        if status != 200:
            raise RuntimeError(f"{slug} answers {status}: {told}")
