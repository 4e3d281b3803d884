"""Running one plan in many schemas: each in a transaction of its own, by several connections, to be resumed any time.

Of a plain plan the first schema runs the operations and its SQL is written down; the others replay that SQL, and one
in which it fails (constraints named otherwise by an older path) runs the operations itself.
"""

import logging
import queue
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import ProgrammingError, connections
from psycopg import sql

from core.context import control_scope, owner_scope
from core.errors import Unavailable
from core.failpoints import Failpoint
from tenants.models import Company
from tenants.queries import locked
from tenants.snapshots import touch, word

from .catalogue import describe, fresh
from .patience import patiently
from .plans import Group, Step, Target, behind, group, rights_of_plan, steps_of
from .pool import expected_fingerprint, scripts_for
from .segments import recorded

log = logging.getLogger(__name__)
WORKERS = 4
_ROUNDS = 3
_LOCK_TIMEOUT_MS = 2000
# The owner's backend keeps relation caches of every schema it has touched.
_SCHEMAS_A_CONNECTION = 100
_SAY_EVERY = 50

SCHEMA_DONE = Failpoint("migrate.schema-done")
_HOLD_COMPANY = """
SELECT modules_installed, status = 'maintenance' AND migration_error <> '', version
FROM public.tenants_company WHERE schema_name = %s FOR UPDATE
"""
_HOLD_POOL = "SELECT modules, false, 0 FROM public.tenants_poolschema WHERE schema_name = %s FOR UPDATE"
_MARK_COMPANY = """
UPDATE public.tenants_company SET fingerprint = %s, migration_error = '', version = %s,
  status = CASE WHEN %s THEN 'active' ELSE status END WHERE schema_name = %s
"""
_MARK_POOL = "UPDATE public.tenants_poolschema SET fingerprint = %s WHERE schema_name = %s"
_RECORD = """
INSERT INTO django_migrations (app, name, applied)
SELECT split_part(told, '.', 1), split_part(told, '.', 2), now() FROM unnest(%s::text[]) told
"""


class Moved(Exception):
    """The schema is not what it was when the plan was made: somebody switched a module or migrated it meanwhile."""


class Drifted(Exception):
    """The schema differs from a new one though it stands at the same migrations; the text names differences."""


class BrokenMigration(Exception):
    """The migration fails in empty schemas, so no company was touched; the text says why."""


@dataclass
class Report:
    """What a run did: names of schemas brought up to date, and of companies that failed with the reason."""

    done: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)


@dataclass
class Work:
    """One group's plan at work. `statements` appear when the first schema of a plain plan has run it."""

    group: Group
    fingerprint: str
    statements: list[str] | None = None

    @cached_property
    def steps(self) -> list[Step]:
        return steps_of(self.group)

    @cached_property
    def rights(self) -> list[str]:
        return rights_of_plan(self.group)

    @cached_property
    def fresh(self) -> frozenset[str]:
        with control_scope():
            scripts = scripts_for(sorted(self.group.modules))
        return fresh(scripts)


def migrate_companies(say: Callable[[str], None], *, only: str = "", workers: int = WORKERS) -> Report:
    """Bring every schema to the state of this code; companies that fail go into maintenance and the others go on.

    BrokenMigration when all schemas of the pool that share a plan fail: then no company is touched.
    """
    report = Report()
    for _ in range(_ROUNDS):
        targets = behind(only)
        if not targets:
            break
        again = _round(targets, report, say, workers)
        if not again:
            break
    return report


def _round(targets: list[Target], report: Report, say: Callable[[str], None], workers: int) -> bool:
    """One pass over schemas that are behind; True when some have moved or were too busy and deserve another."""
    groups, absent = group(targets)
    for target in absent:
        _fail(target, f"schema {target.schema} has no table of migrations", report)
    again = False
    for one in groups:
        say(f"    {len(one.targets)} × {', '.join(one.records) or 'отметка'}")
        with control_scope():
            work = Work(one, expected_fingerprint(one.modules))
        # A schema of the pool that no migration brings up to date is dropped by the next sweep.
        pool = [target for target in one.targets if not target.slug and one.records]
        companies = [target for target in one.targets if target.slug]
        again |= _try_pool(work, pool, report)
        again |= _run(work, companies, report, say, workers)
    return again


def _try_pool(work: Work, pool: Sequence[Target], report: Report) -> bool:
    before = set(report.failed)
    again = _run(work, pool, report, _silently, 1)
    broken = [name for name in report.failed if name not in before]
    if pool and len(broken) == len(pool):
        raise BrokenMigration(f"{', '.join(work.group.records)}: {report.failed[broken[0]]}")
    return again


def _run(work: Work, targets: Sequence[Target], report: Report, say: Callable[[str], None], workers: int) -> bool:
    """Run the plan in these schemas; True when another round is worth it."""
    if not targets:
        return False
    waiting: queue.SimpleQueue[Target] = queue.SimpleQueue()
    for target in targets:
        waiting.put(target)
    again: list[Target] = []
    if not work.group.records:
        _ = work.fresh
    elif work.group.is_plain and work.statements is None:
        # The first to succeed writes the SQL down for all; until then there is nothing to replay.
        while work.statements is None and not waiting.empty():
            again += _migrate(work, waiting.get(), report)
    else:
        _ = work.steps
    threads = [
        threading.Thread(target=_drain, args=(work, waiting, again, report, say), name=f"migrate-{number}")
        for number in range(min(workers, waiting.qsize()))
    ]
    for thread in threads:
        thread.start()
    try:
        for thread in threads:
            thread.join()
    except BaseException:
        # Asked to stop: each thread ends with the schema it has in hand, the next run goes on from there.
        while not waiting.empty():
            waiting.get_nowait()
        raise
    return bool(again)


def _drain(work: Work, waiting: queue.SimpleQueue, again: list, report: Report, say: Callable[[str], None]) -> None:
    try:
        for number in range(1, waiting.qsize() + 1):
            try:
                target = waiting.get_nowait()
            except queue.Empty:
                return
            again += _migrate(work, target, report)
            if number % _SCHEMAS_A_CONNECTION == 0:
                connections["owner"].close()
            if number % _SAY_EVERY == 0:
                say(f"    готово {len(report.done)}, не удалось {len(report.failed)}")
    finally:
        connections.close_all()


def _migrate(work: Work, target: Target, report: Report) -> list[Target]:
    """Bring one schema up to date; [target] when it should be tried again, otherwise nothing."""
    try:
        patiently(lambda: _apply(work, target), "Таблицы заняты, миграция не дождалась своей очереди")
    except Moved:
        return [target]
    except Unavailable as busy:
        # In maintenance nobody opens the company, so the next round finds its tables free.
        _fail(target, str(busy), report)
        return [target]
    except Exception as failure:
        # Whatever one company's data does to a migration, the others must go on; the error is kept and shown.
        log.exception("migration of %s failed", target.name)
        _fail(target, f"{type(failure).__name__}: {failure}", report)
        return []
    SCHEMA_DONE.reach()
    report.failed.pop(target.name, None)
    report.done.append(target.name)
    return []


def _apply(work: Work, target: Target) -> None:
    if not work.group.records:
        _transact(work, target, _by_comparison)
        return
    if work.statements is None:
        _transact(work, target, _by_operations)
        return
    try:
        _transact(work, target, _by_statements)
    except ProgrammingError:
        _transact(work, target, _by_operations)


def _transact(work: Work, target: Target, run: Callable[[Work, Target, Any], list[str]]) -> None:
    """One schema's transaction: hold the registry's row, check, run, record, mark."""
    hold, mark = (_HOLD_COMPANY, _MARK_COMPANY) if target.slug else (_HOLD_POOL, _MARK_POOL)
    scope = owner_scope(target.schema, side="company", lock_timeout_ms=_LOCK_TIMEOUT_MS)
    with scope as connection, connection.cursor() as cursor:
        cursor.execute(hold, [target.schema])
        row = cursor.fetchone()
        if row is None or frozenset(row[0]) != target.modules or recorded(connection) != work.group.recorded:
            raise Moved(target.name)
        statements = run(work, target, connection)
        _restrict(cursor, work.rights, target.schema)
        cursor.execute(_RECORD, [work.group.records])
        _, was_failed, version = row
        if was_failed:
            word.say(target.schema, version + 1)
        told = [work.fingerprint, target.schema]
        if target.slug:
            told = [work.fingerprint, version + int(was_failed), was_failed, target.schema]
        cursor.execute(mark, told)
    if work.group.is_plain:
        work.statements = work.statements or statements


def _by_comparison(work: Work, target: Target, connection: Any) -> list[str]:
    """No migration is missing, yet the fingerprint is another: rights are set anew, the rest must be as in new ones."""
    with connection.cursor() as cursor:
        _restrict(cursor, work.rights, target.schema)
    found = describe(connection, target.schema)
    if odd := sorted(found ^ work.fresh):
        raise Drifted(f"{len(odd)} differences from a new schema, no migration for them: {'; '.join(odd[:3])}")
    return []


def _by_statements(work: Work, target: Target, connection: Any) -> list[str]:
    statements = work.statements or []
    if statements:
        with connection.cursor() as cursor:
            cursor.execute("\n".join(statements))
    return statements


def _by_operations(work: Work, target: Target, connection: Any) -> list[str]:
    """Run the operations; what the schema editor executed, for replaying elsewhere."""
    told: list[str] = []
    for step in work.steps:
        with _writing_down(connection, told) as editor:
            for operation, before, after in step.operations:
                operation.database_forwards(step.migration.app_label, editor, before, after)
        if not work.group.is_plain:
            with connection.cursor() as cursor:
                # Rows written by Python leave checks for the commit, and a table with such cannot be altered.
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    return told


def _writing_down(connection: Any, told: list[str]) -> Any:
    class Editor(connection.SchemaEditorClass):
        """The library's editor; notes each statement with its values written in."""

        def execute(self, statement: Any, params: Any = ()) -> None:
            text = str(statement) if params is None else self.connection.ops.compose_sql(str(statement), params)
            told.append(text if text.rstrip().endswith(";") else f"{text};")
            super().execute(statement, params)

    return Editor(connection, atomic=True)


def _restrict(cursor: Any, rights: Iterable[str], schema: str) -> None:
    for right in rights:
        cursor.execute(right.format(role=sql.Identifier(schema).as_string(None)))


def _fail(target: Target, reason: str, report: Report) -> None:
    """Keep the reason; a company that people work in goes into maintenance."""
    report.failed[target.name] = reason
    if not target.slug:
        return
    try:
        with control_scope():
            company = locked(target.schema)
            company.migration_error = reason[:2000]
            if company.status == Company.Status.ACTIVE:
                company.status = Company.Status.MAINTENANCE
            touch(company, "migration_error", "status")
    except Unavailable:
        log.exception("%s is not migrated and could not be put into maintenance", target.name)


def _silently(text: str) -> None:
    """The pool's progress is of no interest to people."""
