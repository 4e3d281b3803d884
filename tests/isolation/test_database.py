"""The database's own walls: whatever the code forgets, a company's role sees its own schema only."""

import threading

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

from core.context import company_scope, control_scope, current_schema
from core.entities.models import Entity
from core.outbox.models import Outbox
from core.outbox.queries import promise
from tenants.snapshots import find

pytestmark = pytest.mark.row("SE-07", "PL-01")


def refused(statement: str, *parameters: object) -> bool:
    """Whether the database refuses a statement in the open scope."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, parameters)
    except ProgrammingError:
        return True
    return False


def tables_of(schema: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY 1", [schema])
        return [name for (name,) in cursor.fetchall()]


def test_a_company_reads_and_writes_no_table_of_another(company, other_company):
    tables = tables_of(other_company.schema)
    assert len(tables) > 15
    with company_scope(company):
        for table in tables:
            name = f'"{other_company.schema}"."{table}"'
            assert refused(f"SELECT 1 FROM {name} LIMIT 1"), table
            assert refused(f"DELETE FROM {name}"), table


def test_a_company_reads_nothing_of_the_registry(company):
    tables = tables_of("public")
    assert {"tenants_company", "tenants_membership", "outbox"} <= set(tables)
    with company_scope(company):
        readable = [table for table in tables if not refused(f"SELECT 1 FROM public.{table} LIMIT 1")]
        assert readable == ["wakeups"], "wakeups shows each company its own rows"
        assert refused("UPDATE public.tenants_company SET name = 'x'")


def test_the_registry_reads_nothing_of_companies(company):
    with control_scope():
        for table in tables_of(company.schema):
            assert refused(f'SELECT 1 FROM "{company.schema}"."{table}" LIMIT 1'), table


def test_without_a_scope_there_are_no_rights(company):
    assert refused(f'SELECT 1 FROM "{company.schema}".entities_entity')
    assert refused("SELECT 1 FROM public.tenants_company")
    assert refused("SELECT 1 FROM entities_entity")


def test_a_company_promises_in_its_own_name_only(company, other_company):
    with company_scope(company):
        promise("fact", 1)
        statement = (
            "INSERT INTO public.outbox (id, company, kind, subject_id, not_before, attempts, error)"
            " VALUES (gen_random_uuid(), %s, 'fact', 1, now(), 0, '')"
        )
        assert refused(statement, other_company.schema)
        assert refused(statement, "")
        assert refused("DELETE FROM public.outbox")
    with control_scope():
        assert list(Outbox.objects.values_list("company", flat=True)) == [company.schema]


def test_a_company_neither_sees_nor_moves_anothers_wakeups(company, other_company):
    for each in (company, other_company):
        with company_scope(each), connection.cursor() as cursor:
            cursor.execute("INSERT INTO public.wakeups VALUES (%s, 'x', now())", [each.schema])
    with company_scope(company), connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT company FROM public.wakeups")
        assert cursor.fetchall() == [(company.schema,)]
        cursor.execute("UPDATE public.wakeups SET due_at = 'infinity'")
        assert cursor.rowcount
        assert refused("INSERT INTO public.wakeups VALUES (%s, 'y', now())", other_company.schema)
    with control_scope(), connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT company FROM public.wakeups WHERE due_at = 'infinity'")
        assert cursor.fetchall() == [(company.schema,)]


def test_facts_cannot_be_changed_or_deleted(company):
    with company_scope(company):
        assert refused("UPDATE events_fact SET kind = 'x'")
        assert refused("DELETE FROM events_fact")
        assert refused("TRUNCATE events_fact")


def test_scopes_do_not_nest(company, other_company):
    with company_scope(company), pytest.raises(RuntimeError), company_scope(other_company):
        pass
    with control_scope(), pytest.raises(RuntimeError), company_scope(company):
        pass
    assert current_schema() is None


def test_a_rolled_back_savepoint_leaves_the_company_where_it_was(company):
    with company_scope(company):
        before = Entity.objects.count()
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT nothing FROM nowhere")
        assert Entity.objects.count() == before


def test_an_exception_ends_all_rights(company):
    with pytest.raises(ZeroDivisionError), company_scope(company):
        raise ZeroDivisionError
    assert refused("SELECT 1 FROM entities_entity")
    assert current_schema() is None


def test_a_committed_scope_leaves_nothing_on_its_connection(django_db_blocker):
    """Through a connection of its own, with a real commit: role, path and time limit end with the transaction."""
    left: list[tuple[str, str, str]] = []

    def work() -> None:
        with django_db_blocker.unblock():
            company = find(host="alfa.localhost")
            for _ in range(2):
                with company_scope(company):
                    Entity.objects.count()
                with connection.cursor() as cursor:
                    cursor.execute("SELECT current_user, current_setting('role'), current_setting('search_path')")
                    left.append(cursor.fetchone())
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(30)
    assert left == [("pult_app", "none", '"$user", public')] * 2


def test_threads_stay_in_their_companies(django_db_blocker):
    """Two threads pass the turn to each other inside their scopes; each goes on seeing its own company."""
    turns = [threading.Barrier(2, timeout=20) for _ in range(20)]
    seen: dict[str, set[str]] = {"alfa": set(), "beta": set()}

    def work(slug: str) -> None:
        with django_db_blocker.unblock():
            company = find(host=f"{slug}.localhost")
            for turn in turns:
                with company_scope(company), connection.cursor() as cursor:
                    turn.wait()
                    cursor.execute("SELECT current_user, current_schema()")
                    seen[slug] |= set(cursor.fetchone())
            connection.close()

    threads = [threading.Thread(target=work, args=(slug,)) for slug in seen]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert {slug: len(names) for slug, names in seen.items()} == {"alfa": 1, "beta": 1}
    assert seen["alfa"].isdisjoint(seen["beta"])


def test_the_log_in_role_is_weak(company):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname, rolsuper, rolbypassrls, rolinherit, rolcreaterole, rolcreatedb FROM pg_roles"
            " WHERE rolname = session_user"
        )
        assert cursor.fetchone() == ("pult_app", False, False, False, False, False)
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = 'pult_app'::regrole")
        assert cursor.fetchone()[0] == 0


def test_the_log_in_role_cannot_become_the_owner(company):
    for role in ("pult_owner", "postgres", "company_base"):
        assert refused(f"SET LOCAL ROLE {role}"), role


def test_company_schemas_hold_nothing_that_would_tie_them_to_one_server(company, other_company):
    """No triggers, no row-level rules, no foreign key out of the schema (TENANCY 7)."""
    with connection.cursor() as cursor:
        for schema in (company.schema, other_company.schema):
            cursor.execute(
                "SELECT tgname FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid"
                " WHERE NOT tgisinternal AND relnamespace = %s::regnamespace",
                [schema],
            )
            assert cursor.fetchall() == []
            cursor.execute(
                "SELECT relname FROM pg_class WHERE relnamespace = %s::regnamespace AND relrowsecurity", [schema]
            )
            assert cursor.fetchall() == []
            cursor.execute(
                "SELECT conname FROM pg_constraint k JOIN pg_class f ON f.oid = confrelid"
                " WHERE contype = 'f' AND connamespace = %s::regnamespace AND f.relnamespace <> connamespace",
                [schema],
            )
            assert cursor.fetchall() == []


def test_tables_stay_within_their_budget(company):
    """What each table of core is for, and what they cost: docs/decisions/0040-tables.md."""
    from core.registry import registry
    from tenants.models import Segment
    from tenants.provisioning.segments import CORE

    with control_scope():
        tables = {row.code: row.script.count("CREATE TABLE") for row in Segment.objects.all()}
    assert tables.pop(CORE) <= 72
    assert set(tables) == set(registry.modules)
    assert {code: number for code, number in tables.items() if number > 12} == {}


def test_wrong_password_of_the_role_opens_nothing():
    from django.conf import settings

    told = settings.DATABASES["default"]
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(host=told["HOST"], port=told["PORT"], dbname=told["NAME"], user="pult_app", password="guess")
