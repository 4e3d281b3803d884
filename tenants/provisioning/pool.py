"""Ready schemas for new companies: made ahead by a job, claimed in the transaction of the sign-up."""

import secrets
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from psycopg import sql

from core.context import control_scope, owner_scope
from core.failpoints import Failpoint
from core.registry import registry
from tenants.models import PoolSchema, Segment

from .segments import CORE, Script, fingerprint_of, replay

NAMED = Failpoint("pool.named")
ROLES_MADE = Failpoint("pool.roles-made")
SCHEMA_MADE = Failpoint("pool.schema-made")
MADE = Failpoint("pool.made")
READY = Failpoint("pool.ready")
_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
_MAKE_ROLE = """
CREATE ROLE {role} NOLOGIN;
GRANT {role} TO pult_app WITH INHERIT FALSE, SET TRUE;
GRANT company_base TO {role} WITH INHERIT TRUE, SET FALSE;
"""
_MAKE_SCHEMA = """
CREATE SCHEMA {role};
GRANT USAGE ON SCHEMA {role} TO {role};
ALTER DEFAULT PRIVILEGES IN SCHEMA {role} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role};
ALTER DEFAULT PRIVILEGES IN SCHEMA {role} GRANT USAGE ON SEQUENCES TO {role};
"""
_GIVEN_UP = timedelta(minutes=10)
# So many are made long before they would be given up.
_BATCH = 20
# The role owns nothing, and all it was ever granted goes with the schema.
_DROP = "DROP SCHEMA IF EXISTS {role} CASCADE; DROP ROLE {role};"


def new_schema_name() -> str:
    """Opaque and random: nothing about the customer can be read from it, and it never changes."""
    return "t_" + "".join(secrets.choice(_ALPHABET) for _ in range(16))


def scripts_for(modules: list[str]) -> list[Script]:
    """Stored segments of core and these modules, in an order in which they can be replayed. In a control scope."""
    stored = {row.code: row for row in Segment.objects.filter(code__in=[CORE, *modules])}
    order = [CORE, *(code for code in registry.module_order() if code in modules)]
    return [Script(code, stored[code].script, tuple(stored[code].migrations)) for code in order]


def expected_fingerprint(modules: Iterable[str]) -> str:
    """What a schema with these modules must be like now. In a control scope."""
    return fingerprint_of(Segment.objects.filter(code__in=[CORE, *modules]).only("code", "fingerprint"))


def make_ready(scripts: list[Script], modules: list[str]) -> str:
    """Make one schema with role and tables and put it into the pool; its name.

    Its row is written first, so that a process killed on the way leaves a name that `sweep` can clear.
    """
    return _make_all(1, scripts, modules)[0]


def refill(target: int | None = None, *, low: int | None = None) -> int:
    """Bring the pool to `POOL_SIZE` ready schemas of the current fingerprint, unless `low` are there; how many were
    made.
    """
    preset = registry.preset_modules()
    with control_scope():
        ready = PoolSchema.objects.filter(fingerprint=expected_fingerprint(preset), is_ready=True).count()
        wanted = settings.POOL_SIZE if target is None else target
        missing = 0 if low is not None and ready >= low else max(wanted - ready, 0)
        scripts = scripts_for(preset) if missing else []
    for begun in range(0, missing, _BATCH):
        _make_all(min(missing - begun, _BATCH), scripts, preset)
    return missing


def low_water() -> int:
    """So many ready schemas are enough until the next batch: a new role makes every connection to the database count
    anew which roles it may take, 5–10 ms each with 1,000 companies, so roles come seldom and together.
    """
    return (settings.POOL_SIZE + 1) // 2


def claim() -> PoolSchema | None:
    """Take a ready schema of the current fingerprint in the open control scope, or None when there is none."""
    fingerprint = expected_fingerprint(registry.preset_modules())
    ready = PoolSchema.objects.select_for_update(skip_locked=True).filter(fingerprint=fingerprint, is_ready=True)
    row = ready.order_by("made_at").first()
    if row is not None:
        PoolSchema.objects.filter(schema_name=row.schema_name).delete()
    return row


def sweep() -> int:
    """Drop pool schemas of an old fingerprint or never finished; how many. One transaction each."""
    with control_scope():
        fingerprint = expected_fingerprint(registry.preset_modules())
        old = timezone.now() - _GIVEN_UP
        stale = PoolSchema.objects.filter(~Q(fingerprint=fingerprint) | Q(is_ready=False, made_at__lt=old))
        names = list(stale.values_list("schema_name", flat=True))
    for name in names:
        with control_scope():
            row = PoolSchema.objects.select_for_update(skip_locked=True).filter(schema_name=name).first()
            if row is None:
                continue
            row.delete()
            drop_schema(name)
    return len(names)


def drop_schema(name: str) -> None:
    """Remove a schema with its role, as owner; nothing when it was never made."""
    role = sql.Identifier(name)
    with owner_scope("public", side="public") as connection, connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
        if cursor.fetchone():
            cursor.execute(sql.SQL(_DROP).format(role=role).as_string(connection.connection))


def make_schema(connection: Any, name: str) -> None:
    """Make an empty schema with its role, in the open owner scope."""
    _run(connection, _MAKE_ROLE + _MAKE_SCHEMA, name)


def _make_all(number: int, scripts: list[Script], modules: list[str]) -> list[str]:
    names = [new_schema_name() for _ in range(number)]
    fingerprint = fingerprint_of(scripts)
    with control_scope():
        PoolSchema.objects.bulk_create(
            PoolSchema(schema_name=name, fingerprint=fingerprint, modules=modules) for name in names
        )
    NAMED.reach()
    with owner_scope("public", side="public") as connection:
        for name in names:
            _run(connection, _MAKE_ROLE, name)
    ROLES_MADE.reach()
    for name in names:
        _make(name, scripts)
        MADE.reach()
        with control_scope():
            PoolSchema.objects.filter(schema_name=name).update(is_ready=True)
        READY.reach()
    return names


def _run(connection: Any, script: str, name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(script).format(role=sql.Identifier(name)).as_string(connection.connection))


def _make(name: str, scripts: list[Script]) -> None:
    with owner_scope(name, side="company") as connection:
        _run(connection, _MAKE_SCHEMA, name)
        SCHEMA_MADE.reach()
        for script in scripts:
            replay(connection, script, name)
