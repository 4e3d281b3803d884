"""The DDL of a company's schema, one segment for core and one per module, made from the final state of migrations."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model
from psycopg import sql

from core.context import migrating
from core.registry import registry

CORE = "core"
# A company reads what its schema stands at and may not change it.
_RECORDS_ARE_OURS = "REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON django_migrations FROM {role};"
_RECORD = "INSERT INTO django_migrations (app, name, applied) VALUES ('{app}', '{name}', now());"


class HasFingerprint(Protocol):
    """A segment as made or as stored."""

    @property
    def code(self) -> str: ...

    @property
    def fingerprint(self) -> str: ...


@dataclass(frozen=True)
class Script:
    """`code` is `core` or a module's; `{role}` in `text` stands for the company's role.

    `migrations` are those that the text stands for, as `app.name`; replaying records them.
    """

    code: str
    text: str
    migrations: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


def labels_of(code: str) -> list[str]:
    """App labels whose tables belong to a segment."""
    prefix = "core." if code == CORE else f"modules.{code}"
    names = [name for name in settings.TENANT_APPS if name == prefix or (code == CORE and name.startswith(prefix))]
    return [name.rsplit(".", 1)[-1] for name in names]


def build_segments() -> list[Script]:
    """Make all segments; needs the owner's connection for quoting, reads no table. Takes about a second."""
    with migrating("company"):
        loader = MigrationLoader(None)
        state = loader.project_state()
        return [_build(code, loader, state) for code in [CORE, *registry.module_order()]]


def fingerprint_of(segments: Iterable[HasFingerprint]) -> str:
    """One value for a set of segments; equal schemas have equal values."""
    joined = "\n".join(sorted(f"{segment.code}:{segment.fingerprint}" for segment in segments))
    return hashlib.sha256(joined.encode()).hexdigest()


def _build(code: str, loader: MigrationLoader, state: Any) -> Script:
    labels = labels_of(code)
    connection = connections["owner"]
    connection.ensure_connection()
    with connection.schema_editor(collect_sql=True, atomic=False) as editor:
        if code == CORE:
            editor.create_model(MigrationRecorder(connection).Migration)
        for label in labels:
            for model in _in_order(state.apps.get_app_config(label).get_models()):
                editor.create_model(model)
    names = tuple(f"{app}.{name}" for app, name in sorted(loader.disk_migrations) if app in labels)
    lines = [
        *(line.replace("{", "{{").replace("}", "}}") for line in editor.collected_sql),
        *rights_of(code),
        *(_RECORD.format(app=name.partition(".")[0], name=name.partition(".")[2]) for name in names),
    ]
    return Script(code, "\n".join(lines), names)


def _in_order(models: Iterable[Any]) -> list[Any]:
    """Parents before children: a card's own table refers to the common one. Only what has a table."""
    made = [model for model in models if model._meta.managed and not model._meta.proxy]
    return sorted(made, key=lambda model: len(model._meta.parents))


def own_tables(labels: Iterable[str]) -> list[type[Model]]:
    """Models of these apps as the code has them now."""
    return [model for label in labels for model in apps.get_app_config(label).get_models()]


def rights_of(code: str) -> list[str]:
    """Statements, `{role}` in them, that take from a company what no company may do with its own tables."""
    return [*append_only(own_tables(labels_of(code))), *([_RECORDS_ARE_OURS] if code == CORE else [])]


def append_only(models: Iterable[Any]) -> list[str]:
    """Statements, `{role}` in them, that leave a company only adding and reading in tables marked APPEND_ONLY."""
    quote = connections["owner"].ops.quote_name
    return [
        f"REVOKE UPDATE, DELETE, TRUNCATE ON {quote(model._meta.db_table)} FROM {{role}};"
        for model in models
        if getattr(model, "APPEND_ONLY", False)
    ]


def replay(connection: Any, script: Script, role: str) -> None:
    """Make a segment's tables in the schema of the open owner scope, in one round trip."""
    text = script.text.format(role=sql.Identifier(role).as_string(None))
    with connection.cursor() as cursor:
        cursor.execute(text)


def recorded(connection: Any) -> set[str]:
    """Migrations that the schema of the open owner or company scope stands at, as `app.name`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app || '.' || name FROM django_migrations")
        return {name for (name,) in cursor.fetchall()}
