"""What must be run in which schemas: schemas that stand at the same migrations share one plan, computed once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.special import SeparateDatabaseAndState
from psycopg import sql

from core.context import control_scope, migrating, owner_scope
from core.registry import registry
from tenants.models import Company, PoolSchema

from .pool import expected_fingerprint
from .segments import CORE, append_only, labels_of, own_tables, rights_of

_SCHEMAS_A_QUERY = 50
_UNTOUCHED = (Company.Status.GONE, Company.Status.DELETING)


@dataclass(frozen=True)
class Target:
    """One schema to bring up to date; `slug` is empty for a schema of the pool."""

    schema: str
    slug: str
    modules: frozenset[str]
    fingerprint: str

    @property
    def name(self) -> str:
        return self.slug or f"pool {self.schema}"


@dataclass(frozen=True)
class Step:
    """One migration with each operation's states before and after it, ready to be run anywhere."""

    migration: Migration
    operations: tuple[tuple[Operation, Any, Any], ...]


@dataclass
class Group:
    """Schemas with the same modules at the same migrations. `recorded` are `app.name`; `plan` is what is missing."""

    modules: frozenset[str]
    recorded: frozenset[str]
    targets: list[Target]
    plan: list[Migration] = field(default_factory=list)
    absorbed: list[str] = field(default_factory=list)

    @property
    def is_plain(self) -> bool:
        """Whether SQL recorded in one schema can be replayed in the others."""
        return all(_is_plain(operation) for migration in self.plan for operation in migration.operations)

    @property
    def records(self) -> list[str]:
        """Migrations to be recorded when the plan has run."""
        return [*self.absorbed, *(f"{migration.app_label}.{migration.name}" for migration in self.plan)]


class _KnownLoader(MigrationLoader):
    """The library's loader with what is applied given, instead of read by a look at the whole catalogue."""

    def __init__(self, recorded: Iterable[str]) -> None:
        known = (name.partition(".") for name in recorded)
        self._applied: dict[tuple[str, str], Any] = {(app, name): True for app, _, name in known}
        super().__init__(None)

    @property
    def applied_migrations(self) -> dict[tuple[str, str], Any]:
        return self._applied

    @applied_migrations.setter
    def applied_migrations(self, nothing: dict[tuple[str, str], Any]) -> None:
        """Without a connection the library would believe that nothing is applied."""


def behind(only: str = "") -> list[Target]:
    """Schemas whose stored fingerprint is not what their modules ask for: the pool first, then companies by age."""
    with control_scope():
        rows: list[Target] = []
        if not only:
            pool = PoolSchema.objects.filter(is_ready=True).order_by("made_at")
            rows += [Target(row.schema_name, "", frozenset(row.modules), row.fingerprint) for row in pool]
        companies = Company.objects.exclude(status__in=_UNTOUCHED).order_by("pk")
        if only:
            companies = companies.filter(slug=only)
        rows += [
            Target(row.schema_name, row.slug, frozenset(row.modules_installed), row.fingerprint)
            for row in companies.only("schema_name", "slug", "modules_installed", "fingerprint")
        ]
        expected = {modules: expected_fingerprint(modules) for modules in {row.modules for row in rows}}
    return [row for row in rows if row.fingerprint != expected[row.modules]]


def group(targets: Iterable[Target]) -> tuple[list[Group], list[Target]]:
    """Targets by what they have, each group with its plan; and targets whose schema is not there at all."""
    chosen = list(targets)
    standing = _recorded([target.schema for target in chosen])
    found: dict[tuple[frozenset[str], frozenset[str]], Group] = {}
    for target in chosen:
        if target.schema in standing:
            key = (target.modules, standing[target.schema])
            found.setdefault(key, Group(*key, targets=[])).targets.append(target)
    for one in found.values():
        _plan(one)
    return list(found.values()), [target for target in chosen if target.schema not in standing]


def steps_of(group: Group) -> list[Step]:
    """The plan's operations with their states; the states are rendered here, so that threads only read them."""
    with migrating("company"):
        loader = _KnownLoader(group.recorded)
        state = loader.graph.make_state(nodes=[key for key in loader.applied_migrations if key in loader.graph.nodes])
        _ = state.apps
        steps = []
        for migration in group.plan:
            operations = []
            for operation in migration.operations:
                before, state = state, state.clone()
                operation.state_forwards(migration.app_label, state)
                _ = state.apps
                operations.append((operation, before, state))
            steps.append(Step(migration, tuple(operations)))
        return steps


def rights_of_plan(group: Group) -> list[str]:
    """Statements that close the append-only tables of the apps that the plan migrates, those that stand and become
    append-only by it, too; all of them when it migrates nothing."""
    if not group.records:
        return [right for code in (CORE, *sorted(group.modules)) for right in rights_of(code)]
    return append_only(own_tables(sorted({migration.app_label for migration in group.plan})))


def _plan(group: Group) -> None:
    codes = (CORE, *(code for code in registry.module_order() if code in group.modules))
    labels = {label for code in codes for label in labels_of(code)}
    with migrating("company"):
        loader = _KnownLoader(group.recorded)
    seen: set[tuple[str, str]] = set()
    for leaf in sorted(key for key in loader.graph.leaf_nodes() if key[0] in labels):
        for key in loader.graph.forwards_plan(leaf):
            if key in seen or key in loader.applied_migrations:
                continue
            seen.add(key)
            migration = loader.graph.nodes[key]
            if key[0] not in labels:
                raise LookupError(f"{leaf[0]}.{leaf[1]} needs {key[0]}.{key[1]}, of a module it does not depend on")
            if not migration.atomic:
                raise LookupError(f"{key[0]}.{key[1]} is not atomic; a company is migrated in one transaction")
            group.plan.append(migration)
    known = {".".join(key) for key in loader.applied_migrations if key in loader.disk_migrations}
    # A squashed migration counts as applied when all it replaces are; it has yet to be recorded.
    group.absorbed = sorted(name for name in known - group.recorded if name.partition(".")[0] in labels)


def _is_plain(operation: Operation) -> bool:
    if isinstance(operation, SeparateDatabaseAndState):
        return all(_is_plain(inner) for inner in operation.database_operations)
    return operation.reduces_to_sql


def _recorded(schemas: list[str]) -> dict[str, frozenset[str]]:
    """Schema → `app.name` recorded there; schemas without the table are left out."""
    found: dict[str, set[str]] = defaultdict(set)
    for start in range(0, len(schemas), _SCHEMAS_A_QUERY):
        with owner_scope("public", side="public") as connection, connection.cursor() as cursor:
            cursor.execute(
                "SELECT name FROM unnest(%s::text[]) name WHERE to_regclass(format('%%I.django_migrations', name))"
                " IS NOT NULL",
                [schemas[start : start + _SCHEMAS_A_QUERY]],
            )
            present = [name for (name,) in cursor.fetchall()]
            if not present:
                continue
            parts = [
                sql.SQL("SELECT {}, app || '.' || name FROM {}.django_migrations").format(
                    sql.Literal(name), sql.Identifier(name)
                )
                for name in present
            ]
            found |= {name: set() for name in present}
            cursor.execute(sql.SQL(" UNION ALL ").join(parts).as_string(connection.connection))
            for schema, record in cursor.fetchall():
                found[schema].add(record)
    return {schema: frozenset(records) for schema, records in found.items()}
