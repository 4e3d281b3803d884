"""`kill -9` at every declared point: a whole company or none, a module fully on or fully off, and a retry completes."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.contrib.auth.hashers import check_password
from django.db import connections

from core.access.loading import system_actor
from core.context import company_scope, control_scope
from core.errors import Unavailable
from core.events.models import Fact
from core.failpoints import KILLED, declared
from core.manifest import Module
from core.organization.models import Employee
from core.registry import registry
from tenants import signup
from tenants.jobs import fill_pool
from tenants.models import Company, PoolSchema, SignUp
from tenants.provisioning import pool
from tenants.provisioning.switching import switch_on
from tenants.snapshots import find, snapshots
from tests.tenants import novelty

pytestmark = pytest.mark.committed
CONFIRM = tuple(name for name in declared() if name.startswith(("confirm.", "found.")))
POOL = tuple(name for name in declared() if name.startswith("pool."))
SWITCH = ("switch.intended", "switch.tables-made", "switch.seeded", "switch.done")
EMAIL = "anna@kontur.example"


def form(email: str = EMAIL, slug: str = "kontur") -> tuple[SignUp, str]:
    """A filled form and its code."""
    with control_scope():
        row = signup.request_sign_up(
            email=email, company="Контур", slug=slug, full_name="Крылова Анна", password="severny-kontur-1"
        )
    return row, signup.code_of(row)


def empty_pool(committed) -> None:
    """Take every schema of the pool away, unfinished ones too."""
    for (name,) in committed.sql("DELETE FROM tenants_poolschema RETURNING schema_name"):
        pool.drop_schema(name)


def assert_whole_or_none(committed) -> None:
    """No half company: its registry rows, tables, owner and first rows are all there or none is."""
    # A process that died after its commit told nobody of the new host; others learn of it within seconds.
    snapshots.forget()
    company = find(host="kontur.localhost")
    with control_scope():
        rows = Company.objects.filter(slug="kontur").count()
    domains = committed.value("SELECT count(*) FROM tenants_domain WHERE domain = 'kontur.localhost'")
    members = committed.value("SELECT count(*) FROM tenants_membership WHERE company_id NOT IN (SELECT id FROM"
                              " tenants_company WHERE slug IN ('alfa', 'beta'))")  # fmt: skip
    linked = committed.value("SELECT count(company_id) FROM tenants_signup")
    if company is None:
        assert (rows, domains, members, linked) == (0, 0, 0, 0)
    else:
        assert (rows, domains, members, linked) == (1, 1, 1, 1)
        with company_scope(company):
            assert Employee.objects.count() == 1
            assert Fact.objects.filter(kind="organization.employee_hired").count() == 1
            # One for each answer that got as far as the founder's token.
            entered = Fact.objects.filter(kind="identity.signed_in").count()
        assert committed.value("SELECT count(*) FROM outbox WHERE company = %s", company.schema) == 2 + entered
    strays = committed.value(
        "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 't\\_%%' AND nspname NOT IN"
        " (SELECT schema_name FROM tenants_company UNION SELECT schema_name FROM tenants_poolschema)"
    )
    assert strays == 0


def test_every_point_of_the_way_is_declared():
    assert set(CONFIRM) == {
        *("confirm.claimed", "confirm.founded", "confirm.committed", "confirm.welcomed"),
        *("found.registered", "found.seeded"),
    }
    assert set(POOL) == {"pool.named", "pool.roles-made", "pool.schema-made", "pool.made", "pool.ready"}
    assert set(SWITCH) <= set(declared())


@pytest.mark.row("PL-01", "PL-02")
def test_sign_up_killed_at_every_point(committed):
    _, code = form()
    for point in CONFIRM:
        status, _ = committed.child("confirm", EMAIL, code, fail=point)
        assert status == KILLED, f"{point} was not reached"
        assert_whole_or_none(committed)
        if find(host="kontur.localhost"):
            known = find(host="kontur.localhost").schema
            assert committed.child("confirm", EMAIL, code)[1]["host"].startswith("kontur.")
            assert find(host="kontur.localhost").schema == known
            _start_over(committed)
            _, code = form()
    status, answer = committed.child("confirm", EMAIL, code)
    assert (status, answer["host"]) == (0, "kontur.localhost:8000")
    assert_whole_or_none(committed)


def _start_over(committed) -> None:
    """Forget the company, so that the next point starts from the form."""
    schema = find(host="kontur.localhost").schema
    committed.sql("DELETE FROM tenants_controlletter")
    committed.sql("DELETE FROM tenants_signup")
    with control_scope():
        Company.objects.filter(schema_name=schema).delete()
    committed.sql("DELETE FROM outbox WHERE company = %s", schema)
    pool.drop_schema(schema)
    snapshots.forget()
    assert find(host="kontur.localhost") is None


def test_making_a_schema_killed_at_every_point(committed):
    _, code = form()
    for point in POOL:
        empty_pool(committed)
        status, _ = committed.child("confirm", EMAIL, code, fail=point)
        assert status == KILLED, f"{point} was not reached"
        assert_whole_or_none(committed)
    committed.sql("UPDATE tenants_poolschema SET made_at = now() - interval '1 hour'")
    pool.sweep()
    with control_scope():
        assert set(PoolSchema.objects.values_list("is_ready", flat=True)) <= {True}
    assert committed.child("confirm", EMAIL, code)[0] == 0
    assert_whole_or_none(committed)


def test_roles_of_the_pool_come_seldom_and_together(committed, settings):
    settings.POOL_SIZE = 4
    empty_pool(committed)
    for left in (4, 3, 2, 4):
        fill_pool(None, 0)
        assert committed.value("SELECT count(*) FROM tenants_poolschema WHERE is_ready") == left
        [(name,)] = committed.sql("SELECT schema_name FROM tenants_poolschema ORDER BY made_at LIMIT 1")
        committed.sql(f"DELETE FROM tenants_poolschema WHERE schema_name = '{name}'")
        pool.drop_schema(name)
    # The three of the second time.
    together = "SELECT count(DISTINCT a.xmin::text) FROM pg_authid a JOIN tenants_poolschema ON rolname = schema_name"
    assert committed.value(together) == 1


def test_the_sweeper_clears_what_a_killed_maker_left(committed):
    for point in ("pool.named", "pool.roles-made", "pool.schema-made", "pool.made"):
        committed.child("ready", fail=point)
    with control_scope():
        unfinished = set(PoolSchema.objects.filter(is_ready=False).values_list("schema_name", flat=True))
    assert len(unfinished) == 4
    committed.sql("UPDATE tenants_poolschema SET made_at = now() - interval '1 hour' WHERE NOT is_ready")
    assert pool.sweep() == 4
    left = "SELECT count(*) FROM pg_roles WHERE rolname = ANY(%s)"
    assert committed.value(left, list(unfinished)) == 0
    assert committed.value("SELECT count(*) FROM pg_namespace WHERE nspname = ANY(%s)", list(unfinished)) == 0


@pytest.mark.row("PL-03")
@pytest.mark.parametrize("point", SWITCH)
def test_switching_on_killed(committed, point):
    novelty.store()
    schema = find(host="alfa.localhost").schema
    assert committed.child("switch", "alfa", novelty.CODE, fail=point)[0] == KILLED
    on, installed = novelty.state(schema)
    rows = f"SELECT count(*) FROM {schema}.identity_principal WHERE name = %s"
    seeded = committed.value(rows, novelty.SEEDED_NAME)
    told = committed.value(f"SELECT count(*) FROM {schema}.events_fact WHERE kind = 'tenants.modules_changed'")
    assert (on, seeded, told) == ((True, 1, 1) if point == "switch.done" else (False, 0, 0))
    assert novelty.CODE in installed
    assert novelty.CODE in committed.child("switch", "alfa", novelty.CODE)[1]["modules"]
    tables = "SELECT count(*) FROM pg_tables WHERE schemaname = %s AND tablename LIKE 'novelty%%'"
    assert committed.value(tables, schema) == novelty.TABLES
    assert committed.value(rows, novelty.SEEDED_NAME) == 1
    assert committed.value(f"SELECT has_table_privilege(%s, '{schema}.novelty_3', 'INSERT')", schema)
    assert committed.value(tables, find(host="beta.localhost").schema) == 0


def test_migration_killed_after_a_schema_goes_on_from_there(committed):
    committed.sql("DELETE FROM tenants_poolschema")
    committed.sql("UPDATE tenants_company SET fingerprint = 'older'")
    assert committed.child("migrate", fail="migrate.schema-done")[0] == KILLED
    assert committed.value("SELECT count(*) FROM tenants_company WHERE fingerprint = 'older'") == 1
    assert committed.child("migrate")[1] == {"done": ["beta"], "failed": {}}


def test_two_confirmations_at_once_make_one_company(committed):
    _, code = form()
    welcomes = _at_once(lambda: signup.confirm(email=EMAIL, code=code), times=4)
    assert {welcome.host for welcome in welcomes} == {"kontur.localhost:8000"}
    assert len({welcome.token for welcome in welcomes}) == 4
    assert_whole_or_none(committed)


def test_two_forms_for_one_subdomain_make_one_company(committed):
    codes = {email: form(email)[1] for email in (EMAIL, "boris@kontur.example")}
    outcomes = _at_once(*(lambda email=email: _confirmed(email, codes[email]) for email in codes))
    assert sorted(outcomes) == ["kontur.localhost:8000", "slug-taken"]
    with control_scope():
        assert Company.objects.filter(slug="kontur").count() == 1


def _confirmed(email: str, code: str) -> str:
    try:
        return signup.confirm(email=email, code=code).host
    except signup.SlugTaken as refused:
        return refused.code


@pytest.mark.row("PL-02")
def test_an_empty_pool_only_takes_longer(committed):
    empty_pool(committed)
    _, code = form()
    assert signup.confirm(email=EMAIL, code=code).host == "kontur.localhost:8000"
    assert_whole_or_none(committed)


def test_a_code_tried_five_times_is_dead_for_everybody(committed):
    _, code = form()
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    outcomes = _at_once(lambda: _refusal(wrong), times=6)
    assert sorted(outcomes) == ["code-dead"] + ["wrong-code"] * 5
    assert _refusal(code) == "code-dead"
    assert find(host="kontur.localhost") is None


def _refusal(code: str) -> str:
    try:
        return signup.confirm(email=EMAIL, code=code).host
    except (signup.WrongCode, signup.CodeDead) as refused:
        return refused.code


@pytest.fixture
def switch_on_novelty(monkeypatch):
    """Switches the module on in a company, through the door that the API uses."""
    module = Module(code=novelty.CODE, title="Новинка", icon="star", group="Опыты", seed=novelty.seed)
    monkeypatch.setitem(registry.modules, novelty.CODE, module)

    def switch(company):
        with company_scope(company):
            actor = system_actor()
        return switch_on(company.schema, novelty.CODE, together=False, by=actor)

    return switch


def test_switching_at_once_makes_the_tables_once(committed, switch_on_novelty):
    novelty.store()
    alfa = find(host="alfa.localhost")
    rows = _at_once(lambda: switch_on_novelty(alfa), times=3)
    assert all(novelty.CODE in row.modules for row in rows)
    facts = f"SELECT count(*) FROM {alfa.schema}.events_fact WHERE kind = 'tenants.modules_changed'"
    assert committed.value(facts) == 1


def test_a_company_that_is_behind_gets_no_module_of_a_newer_shape(committed, switch_on_novelty):
    """Between storing new segments and migrating a company its tables are of the old shape."""
    novelty.store()
    coming = "UPDATE tenants_segment SET migrations = migrations || 'comments.0099_coming'::varchar WHERE code = 'core'"
    committed.sql(coming)
    with pytest.raises(Unavailable, match="обновляется"):
        switch_on_novelty(find(host="alfa.localhost"))
    assert novelty.state(find(host="alfa.localhost").schema)[0] is False


def test_people_at_work_make_the_switch_wait_and_are_not_disturbed(committed, switch_on_novelty):
    """Keys to core's tables need a lock that writers hold; a writer of two seconds is waited for."""
    novelty.store()
    alfa = find(host="alfa.localhost")
    held = threading.Event()

    def write():
        with psycopg.connect(**committed.cluster.servers[0].dsn(dbname="pult")) as connection:
            connection.execute(f"LOCK TABLE {alfa.schema}.entities_entity IN ROW EXCLUSIVE MODE")
            held.set()
            time.sleep(2)

    writer = threading.Thread(target=write)
    writer.start()
    held.wait(10)
    assert novelty.CODE in switch_on_novelty(alfa).modules
    writer.join()


def test_twelve_tables_are_made_in_a_moment(committed, switch_on_novelty):
    """The goal of 200 ms is measured by `make bench`; here a slow machine only must not hide a slow way."""
    novelty.store()
    took = []
    for slug in ("alfa", "beta"):
        company = find(host=f"{slug}.localhost")
        began = time.monotonic()
        switch_on_novelty(company)
        took.append(time.monotonic() - began)
    print(f"switching on: {min(took) * 1000:.0f} ms")
    assert min(took) < 2


def _at_once(*deeds, times: int = 1) -> list:
    """Answers of deeds done in threads of their own, each with its own connection."""

    def do(deed):
        try:
            return deed()
        finally:
            connections.close_all()

    chosen = [deed for deed in deeds for _ in range(times)]
    with ThreadPoolExecutor(len(chosen)) as threads:
        return list(threads.map(do, chosen))


def test_the_password_of_the_form_survives_the_kill(committed):
    row, code = form()
    committed.child("confirm", EMAIL, code, fail="confirm.committed")
    committed.child("confirm", EMAIL, code)
    schema = find(host="kontur.localhost").schema
    kept = committed.value(f"SELECT password FROM {schema}.identity_user WHERE email = %s", EMAIL)
    assert kept == row.password
    assert check_password("severny-kontur-1", kept)
