"""One plan, many schemas: 20 companies, one of which refuses."""

import threading
import time

import psycopg
import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.postgres.operations import AddConstraintNotValid
from django.core.management import CommandError, call_command
from django.db import migrations, models

from core.context import control_scope, owner_scope
from core.registry import registry
from tenants.models import Company, PoolSchema
from tenants.provisioning import pool
from tenants.provisioning.catalogue import describe, fresh
from tenants.provisioning.companies import Founder, found
from tenants.provisioning.fanout import BrokenMigration, migrate_companies
from tenants.provisioning.plans import behind
from tenants.provisioning.public_schema import store_segments
from tenants.provisioning.segments import recorded
from tenants.snapshots import find
from tests.tenants.growth import ADD_COLUMN, ADD_TABLE, APP, NAME, grown

pytestmark = pytest.mark.committed
MOOD = "SELECT count(*) FROM information_schema.columns WHERE table_schema = %s AND column_name = 'mood'"


@pytest.fixture
def silent():
    return lambda text: None


def found_companies(number: int) -> list[str]:
    """Slugs of so many new companies."""
    slugs = [f"many-{count}" for count in range(number)]
    password = make_password("many-companies-1")
    pool.refill(number)
    for slug in slugs:
        with control_scope():
            founder = Founder(f"owner@{slug}.example", "Многов Пётр", password)
            found(slug=slug, name=slug, inn="", schema=pool.claim(), founder=founder)
    return slugs


def schema_of(slug: str) -> str:
    with control_scope():
        return Company.objects.get(slug=slug).schema_name


def description_of(slug: str) -> frozenset[str]:
    schema = schema_of(slug)
    with owner_scope(schema, side="company") as connection:
        return describe(connection, schema)


def fresh_now() -> frozenset[str]:
    with control_scope():
        scripts = pool.scripts_for(registry.preset_modules())
    return fresh(scripts)


def test_twenty_companies_one_fails_and_comes_back(committed, monkeypatch, silent):
    slugs = found_companies(18)
    committed.sql(f"ALTER TABLE {schema_of('many-7')}.comments_comment ADD COLUMN mood text")
    with grown(monkeypatch, ADD_COLUMN, ADD_TABLE):
        store_segments()
        report = migrate_companies(silent)
        assert list(report.failed) == ["many-7"]
        assert "mood" in report.failed["many-7"]
        for slug in {*slugs, "alfa", "beta"} - {"many-7"}:
            assert committed.value(MOOD, schema_of(slug)) == 1
            assert find(host=f"{slug}.localhost").is_open
        broken = find(host="many-7.localhost")
        assert broken.status == "maintenance"
        with control_scope():
            assert "mood" in Company.objects.get(slug="many-7").migration_error
        assert len(description_of("many-3") ^ fresh_now()) == 0

        committed.sql(f"ALTER TABLE {schema_of('many-7')}.comments_comment DROP COLUMN mood")
        assert migrate_companies(silent).done == ["many-7"]
        assert find(host="many-7.localhost").is_open
        assert behind() == []
        assert description_of("many-7") == fresh_now()


def test_rows_and_python_go_through_operations(committed, monkeypatch, silent):
    def rename(apps, editor):
        role = apps.get_model("access", "Role").objects.using(editor.connection.alias)
        role.filter(code="employee").update(title="Работник")

    with grown(monkeypatch, ADD_COLUMN, migrations.RunPython(rename, migrations.RunPython.noop)):
        store_segments()
        assert migrate_companies(silent).failed == {}
        for slug in ("alfa", "beta"):
            title = f"SELECT title FROM {schema_of(slug)}.access_role WHERE code = 'employee'"
            assert committed.value(title) == "Работник"
            assert committed.value(MOOD, schema_of(slug)) == 1


def test_a_check_that_reads_no_row_holds_for_those_to_come(committed, monkeypatch, silent):
    """The way of docs/authors/migrations.md: rows that stand may break it, and an old company is as a new one."""
    check = models.CheckConstraint(name="role_is_new", condition=models.Q(title__startswith="Новая"))
    with grown(monkeypatch, AddConstraintNotValid("role", check), app="access"):
        store_segments()
        assert migrate_companies(silent).failed == {}
        assert description_of("alfa") == description_of("beta") == fresh_now()
    rename = f"UPDATE {schema_of('alfa')}.access_role SET title = '%s' WHERE code = 'employee'"
    with pytest.raises(psycopg.errors.CheckViolation):
        committed.sql(rename % "Прежняя")
    committed.sql(rename % "Новая роль")


def test_a_migration_that_fails_in_the_pool_touches_no_company(committed, monkeypatch, silent):
    with grown(monkeypatch, migrations.RunSQL("SELECT nothing_like_this()")):
        store_segments()
        with pytest.raises(BrokenMigration, match="nothing_like_this"):
            migrate_companies(silent)
    assert find(host="alfa.localhost").is_open
    with control_scope():
        assert set(Company.objects.values_list("migration_error", flat=True)) == {""}


def test_a_schema_made_otherwise_falls_back_to_operations(committed, monkeypatch, silent):
    """Its constraint has a name of an older path, so the SQL recorded elsewhere fails in it."""
    beta = schema_of("beta")
    [(table, constraint)] = committed.sql(
        "SELECT conrelid::regclass::text, conname FROM pg_constraint k JOIN pg_namespace n ON n.oid = connamespace"
        " WHERE nspname = %s AND contype = 'f' AND conrelid::regclass::text LIKE '%%comments_comment' LIMIT 1",
        beta,
    )
    committed.sql(f'ALTER TABLE {table} RENAME CONSTRAINT "{constraint}" TO older_name')
    column = committed.value(
        "SELECT attname FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = conkey[1]"
        " WHERE conname = 'older_name'"
    )
    with grown(monkeypatch, migrations.RemoveField("comment", column.removesuffix("_id"))):
        store_segments()
        assert migrate_companies(silent).failed == {}
    left = (
        "SELECT count(*) FROM information_schema.columns"
        " WHERE table_schema = %s AND table_name = 'comments_comment' AND column_name = %s"
    )
    assert [committed.value(left, schema_of(slug), column) for slug in ("alfa", "beta")] == [0, 0]


def test_tables_that_no_migration_explains_are_not_called_current(committed, silent):
    committed.sql(f"ALTER TABLE {schema_of('beta')}.comments_comment ADD COLUMN stranger int")
    committed.sql("UPDATE tenants_company SET fingerprint = 'other'")
    report = migrate_companies(silent)
    assert report.done == ["alfa"]
    assert "stranger" in report.failed["beta"]


def test_lost_rights_are_set_anew(committed, silent):
    alfa = schema_of("alfa")
    committed.sql(f"GRANT UPDATE ON {alfa}.events_fact TO {alfa}")
    committed.sql("UPDATE tenants_company SET fingerprint = 'other' WHERE slug = 'alfa'")
    assert migrate_companies(silent).done == ["alfa"]
    assert committed.value("SELECT has_table_privilege(%s, %s, 'UPDATE')", alfa, f"{alfa}.events_fact") is False


def test_only_one_company_and_the_plan(committed, monkeypatch, silent, capsys):
    with grown(monkeypatch, ADD_COLUMN):
        store_segments()
        call_command("migrate_companies", "--plan")
        told = capsys.readouterr().out
        assert f"{APP}.{NAME}" in told and "готовым SQL" in told
        assert committed.value(MOOD, schema_of("alfa")) == 0
        call_command("migrate_companies", "--only", "alfa")
        assert committed.value(MOOD, schema_of("alfa")) == 1
        assert committed.value(MOOD, schema_of("beta")) == 0
        committed.sql(f"ALTER TABLE {schema_of('beta')}.comments_comment ADD COLUMN mood text")
        with pytest.raises(CommandError, match="на обслуживании|на обслуживание"):
            call_command("migrate_companies")


def test_a_busy_table_is_waited_for(committed, monkeypatch, silent):
    alfa = schema_of("alfa")
    held, done = threading.Event(), threading.Event()

    def work() -> None:
        with psycopg.connect(**committed.cluster.servers[0].dsn(dbname="pult")) as connection:
            connection.execute(f"LOCK TABLE {alfa}.comments_comment IN ROW EXCLUSIVE MODE")
            held.set()
            done.wait(3)

    person = threading.Thread(target=work)
    person.start()
    held.wait(5)
    with grown(monkeypatch, ADD_COLUMN):
        store_segments()
        report = migrate_companies(silent)
    done.set()
    person.join()
    assert report.failed == {}
    assert committed.value(MOOD, alfa) == 1


def test_the_pool_is_brought_along_and_used(committed, monkeypatch, silent):
    with control_scope():
        before = set(PoolSchema.objects.values_list("schema_name", flat=True))
    with grown(monkeypatch, ADD_COLUMN):
        store_segments()
        migrate_companies(silent)
        assert pool.sweep() == 0
        with control_scope():
            assert pool.claim().schema_name in before


def test_segments_make_what_migrations_make(committed, silent):
    """Columns, constraints, indexes, grants: the whole of core and all modules, from pg_catalog."""
    with control_scope():
        scripts = pool.scripts_for(registry.module_order())
    by_segments = fresh(scripts)
    alfa = schema_of("alfa")
    tables = committed.sql("SELECT tablename FROM pg_tables WHERE schemaname = %s", alfa)
    kept = [f'{alfa}."{name}"' for (name,) in tables if name != "django_migrations"]
    committed.sql(f"DROP TABLE {', '.join(kept)} CASCADE")
    committed.sql(f"DELETE FROM {alfa}.django_migrations")
    committed.sql("UPDATE tenants_company SET fingerprint = 'none' WHERE slug = 'alfa'")
    began = time.monotonic()
    report = migrate_companies(silent, only="alfa")
    assert (report.failed, report.done) == ({}, ["alfa"])
    print(f"by migrations: {time.monotonic() - began:.1f} s")
    with owner_scope(alfa, side="company") as connection:
        assert describe(connection, alfa) == by_segments
        assert recorded(connection) == {name for script in scripts for name in script.migrations}
