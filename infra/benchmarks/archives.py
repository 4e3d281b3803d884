"""A company with 100,000 tasks and 1,000 files: its export, its admission elsewhere, its return in its own place.

Beside the admission stands the floor: the same rows read by PostgreSQL's own COPY into tables like them, without any
index. Memory is that of the process which loads, the highest it has come to.
"""

import os
import re
import resource
import subprocess
import sys
import time

import psycopg

from infra.benchmarks.field import Field
from infra.benchmarks.figures import Figure, figure
from infra.env import ROOT

TASKS, EMPLOYEES, FILES = 100_000, 100, 1_000
FILE_BYTES = 100 * 1024
_SLUG = "archives"
_MOST_MEMORY = 400
# Beside the rows alone, with all indexes, references, checksums and a start of Django.
_MOST_TIMES = 10
_ATTACH = """
INSERT INTO attachments_attachment (entity_id, family, version, name, size, content_type, storage_key, shared_key,
  checksum, state, reason, author_id, created_at)
SELECT e.id, gen_random_uuid(), 1, 'Файл ' || row_number() OVER () || '.bin', %s, 'application/octet-stream', k, '', '',
  'ready', '', (SELECT min(id) FROM identity_principal), now()
FROM unnest(%s::text[]) WITH ORDINALITY AS keys (k, place)
JOIN (SELECT id, row_number() OVER (ORDER BY id) AS place FROM entities_entity LIMIT %s) e USING (place)
"""


def run() -> list[Figure]:
    """Seconds of each way and megabytes of the process that loads."""
    with Field("archives") as field:
        field.product.sign_up(_SLUG)
        field.manage("fill_company", _SLUG, "--tasks", str(TASKS), "--employees", str(EMPLOYEES))
        _attach(field)
        export, copy = field.data / "export.zip", field.data / "copy.zip"
        exported, _ = _timed(field, "archive_company", _SLUG, str(export), "--export")
        copied, _ = _timed(field, "archive_company", _SLUG, str(copy))
        admitted, memory = _timed(field, "restore_company", str(export), "--slug", "archives-2")
        returned, _ = _timed(field, "restore_company", str(copy))
        floor = _floor(field)
        size = export.stat().st_size / 2**20
    return [
        figure(f"archives: выгрузка {TASKS} задач и {FILES} файлов ({size:.0f} МБ)", exported, "с"),
        figure("archives: копия того же", copied, "с"),
        figure("archives: приём выгрузки новой компанией", admitted, "с", floor=floor, most=_MOST_TIMES),
        figure("archives: возврат на своё место", returned, "с", floor=floor, most=_MOST_TIMES),
        figure("archives: те же строки одним COPY без индексов", floor, "с"),
        figure("archives: память приёма", memory, "МБ", most=_MOST_MEMORY),
    ]


def _attach(field: Field) -> None:
    """Give the first cards a file each, with bytes in the store."""
    code = (
        "import django, os; django.setup()\n"
        "from core.storage import CompanyStore\n"
        f"store = CompanyStore({field.schema_of(_SLUG)!r})\n"
        f"for _ in range({FILES}):\n"
        "    key = store.new_key()\n"
        f"    store.put(key, os.urandom({FILE_BYTES}), content_type='application/octet-stream')\n"
        "    print(key)\n"
    )
    keys = field.python("-c", code).split()
    with field.database() as connection:
        connection.execute(f'SET search_path = "{field.schema_of(_SLUG)}"')
        connection.execute(_ATTACH, [FILE_BYTES, keys, FILES])


def _timed(field: Field, *arguments: str) -> tuple[float, float]:
    """(seconds, megabytes at the most) of one command in a process of its own."""
    command = [sys.executable, "-m", "infra.benchmarks.archives", str(ROOT / "manage.py"), *arguments]
    begun = time.perf_counter()
    done = subprocess.run(
        command, env=os.environ | field.variables, cwd=ROOT, capture_output=True, text=True, check=False
    )
    seconds = time.perf_counter() - begun
    found = re.search(r"most=(\d+)", done.stderr)
    if done.returncode or found is None:
        raise RuntimeError(f"{' '.join(arguments)}: {done.stderr[-2000:]}")
    return seconds, int(found[1]) / 1024


def _floor(field: Field) -> float:
    """Seconds in which all rows of the company are copied into tables without index or reference."""
    schema, spent = field.schema_of(_SLUG), 0.0
    with field.database() as connection:
        for table in field.tables_of(_SLUG):
            connection.execute(f'CREATE UNLOGGED TABLE public."floor_{table}" (LIKE "{schema}"."{table}")')
            begun = time.perf_counter()
            _copy(connection, f'"{schema}"."{table}"', f'public."floor_{table}"')
            spent += time.perf_counter() - begun
            connection.execute(f'DROP TABLE public."floor_{table}"')
    return spent


def _copy(connection: psycopg.Connection, source: str, target: str) -> None:
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY (SELECT * FROM {source}) TO STDOUT") as read:
            blocks = [bytes(block) for block in read]
        with cursor.copy(f"COPY {target} FROM STDIN") as written:
            for block in blocks:
                written.write(block)


def main(arguments: list[str]) -> int:
    """Run a command and tell on the error stream how much memory the process has had at the most."""
    done = subprocess.run([sys.executable, *arguments], check=False)
    print(f"most={resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss}", file=sys.stderr)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
