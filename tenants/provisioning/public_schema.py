"""Migrations of the public schema, and the segments stored beside them."""

from collections.abc import Callable

from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from core.context import owner_scope
from tenants.models import Segment

from .segments import build_segments

# Labels of the apps whose tables stand in the public schema.
_APPS = ("tenants", "console", "appeals", "outbox", "billing")


def migrate_public(say: Callable[[str], None]) -> int:
    """Apply what is missing in the public schema, in one transaction; how many migrations."""
    with owner_scope("public", side="public") as connection:
        MigrationRecorder(connection).ensure_schema()
        executor = MigrationExecutor(connection)
        targets = [key for key in executor.loader.graph.leaf_nodes() if key[0] in _APPS]
        plan = executor.migration_plan(targets)
        for migration, _ in plan:
            say(f"    public: {migration.app_label}.{migration.name}")
        executor.migrate(targets, plan=plan)
    return len(plan)


def store_segments() -> None:
    """Make the segments from the migrations on disk and keep them for provisioning and switches."""
    scripts = build_segments()
    with owner_scope("public", side="public"):
        for script in scripts:
            Segment.objects.using("owner").update_or_create(
                code=script.code,
                defaults={
                    "script": script.text,
                    "fingerprint": script.fingerprint,
                    "migrations": list(script.migrations),
                },
            )
        Segment.objects.using("owner").exclude(code__in=[script.code for script in scripts]).delete()
