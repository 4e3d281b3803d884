"""The DDL of a company's schema, one segment for core and one per module, made from the final state of migrations."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from psycopg import sql

from core.context import migrating
from core.registry import registry

CORE = "core"
_RECORD = "INSERT INTO django_migrations (app, name, applied) VALUES ('{app}', '{name}', now());"


@dataclass(frozen=True)
class Script:
    """`code` is `core` or a module's; `{role}` in `text` stands for the company's role."""

    code: str
    text: str

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


def fingerprint_of(scripts: Iterable[Script]) -> str:
    """One value for a set of segments; equal schemas have equal values."""
    joined = "\n".join(sorted(f"{script.code}:{script.fingerprint}" for script in scripts))
    return hashlib.sha256(joined.encode()).hexdigest()


def _build(code: str, loader: MigrationLoader, state) -> Script:
    labels = labels_of(code)
    connection = connections["owner"]
    connection.ensure_connection()
    with connection.schema_editor(collect_sql=True, atomic=False) as editor:
        if code == CORE:
            editor.create_model(MigrationRecorder(connection).Migration)
        for label in labels:
            for model in _in_order(state.apps.get_app_config(label).get_models()):
                editor.create_model(model)
    lines = [*editor.collected_sql, *_append_only(labels)]
    lines += [_RECORD.format(app=app, name=name) for app, name in sorted(loader.disk_migrations) if app in labels]
    return Script(code, "\n".join(line.replace("{", "{{").replace("}", "}}") if "{role}" not in line else line for line in lines))


def _in_order(models) -> list:
    """Parents before children: a card's own table refers to the common one."""
    return sorted(models, key=lambda model: len(model._meta.parents))


def _append_only(labels: list[str]) -> list[str]:
    quote = connections["owner"].ops.quote_name
    return [
        f"REVOKE UPDATE, DELETE, TRUNCATE ON {quote(model._meta.db_table)} FROM {{role}};"
        for label in labels
        for model in apps.get_app_config(label).get_models()
        if getattr(model, "APPEND_ONLY", False)
    ]


def replay(connection, script: Script, role: str) -> None:
    """Make a segment's tables in the schema of the open owner scope, in one round trip."""
    text = script.text.format(role=sql.Identifier(role).as_string(None))
    with connection.cursor() as cursor:
        cursor.execute(text)
