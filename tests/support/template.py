"""Makes the template: `python -m tests.support.template <folder>` with the cluster's variables in the environment."""

import sys
from pathlib import Path

import django
import psycopg

from tenants.provisioning.roles import make_database, make_roles, make_shared_rights
from tests.support.cluster import DATABASE, PASSWORD, Cluster

# Each seeded string of beta carries the mark; it must never appear in an answer to alfa.
CANARY = "⟦B⟧"
COMPANIES = {"alfa": ("ООО «Альфа»", "Альфова Анна Андреевна"), "beta": (f"Бета {CANARY}", f"Бетов {CANARY} Борис")}
OWNER_PASSWORD = "owner-pass-1"


def main(folder: Path) -> None:
    cluster = Cluster(folder)
    cluster.start()
    postgres = cluster.servers[0]
    with psycopg.connect(**postgres.dsn(), autocommit=True) as connection:
        make_roles(connection, app_password=PASSWORD, owner_password=PASSWORD)
        make_database(connection, DATABASE)
    with psycopg.connect(**postgres.dsn(dbname=DATABASE), autocommit=True) as connection:
        make_shared_rights(connection)
    django.setup()
    _fill()
    cluster.stop()


def _fill() -> None:
    from django.contrib.auth.hashers import make_password

    from core.context import control_scope, owner_scope
    from core.outbox.models import Outbox
    from tenants.provisioning import pool
    from tenants.provisioning.companies import Founder, found
    from tenants.provisioning.public_schema import migrate_public, store_segments
    from tests.support.hashing import hash_lightly

    hash_lightly()
    migrate_public(lambda text: None)
    store_segments()
    pool.refill(6)
    for number, (slug, (name, owner)) in enumerate(COMPANIES.items()):
        with control_scope():
            schema = pool.claim()
        # Disjoint ids: a number of one company names nothing in the other.
        with owner_scope(schema.schema_name, side="company") as connection, connection.cursor() as cursor:
            cursor.execute(
                "SELECT format('ALTER SEQUENCE %%I.%%I RESTART WITH %%s', schemaname, sequencename, %s)"
                " FROM pg_sequences WHERE schemaname = %s",
                [(number + 1) * 1_000_000, schema.schema_name],
            )
            for (statement,) in cursor.fetchall():
                cursor.execute(statement)
        with control_scope():
            founder = Founder(f"owner@{slug}.example", owner, make_password(OWNER_PASSWORD))
            found(slug=slug, name=name, inn="", schema=schema, founder=founder)
    with control_scope():
        Outbox.objects.all().delete()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
