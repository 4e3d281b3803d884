"""Whether the tables are those that this code was written for."""

import threading
from functools import cache

from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader

from core.context import control_scope, migrating
from core.discovery import public_apps
from tenants.models import Segment

from .segments import build_segments, recorded

_building = threading.Lock()


class TablesAreOld(Exception):
    """`prepare` of this code has not run here, or has not ended."""


def must_stand() -> None:
    """Raise TablesAreOld unless all migrations of this code are there, and nothing else under their names.

    Tables of a later code are fine: migrations only add, so the old code goes on while `prepare` of the new one runs.
    """
    with control_scope():
        stored = {row.code: row for row in Segment.objects.defer("script")}
        public = recorded(connection)
    if missing := _public_migrations() - public:
        raise TablesAreOld(f"public: {', '.join(sorted(missing))}")
    for code, (fingerprint, migrations) in _wanted().items():
        segment = stored.get(code)
        if segment is None or not migrations <= set(segment.migrations):
            raise TablesAreOld(f"{code}: run prepare")
        if migrations == set(segment.migrations) and segment.fingerprint != fingerprint:
            raise TablesAreOld(f"{code}: the same migrations make other tables")


def _wanted() -> dict[str, tuple[str, frozenset[str]]]:
    """Segment → (fingerprint, migrations) as this code has them."""
    with _building:
        return _built()


@cache
def _built() -> dict[str, tuple[str, frozenset[str]]]:
    try:
        return {script.code: (script.fingerprint, frozenset(script.migrations)) for script in build_segments()}
    finally:
        connections["owner"].close()


@cache
def _public_migrations() -> frozenset[str]:
    labels = {name.rsplit(".", 1)[-1] for name in public_apps()}
    with migrating("public"):
        known = MigrationLoader(None).disk_migrations
    return frozenset(f"{app}.{name}" for app, name in known if app in labels)
