"""Nothing is served by a role that no wall would stop, nor on a server that loses what it has acknowledged."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest

from infra.launch.postgres import DURABLE
from tenants.provisioning.roles import script
from tenants.provisioning.server import EXTENSIONS, Facts, judge, read_facts
from tests.support.cluster import DATABASE, PASSWORD, ROOT

SETTINGS = {"data_checksums": "on"} | DURABLE


@pytest.fixture
def run(committed):
    """(status, what it said) of a process under the cluster's environment with some of it changed."""

    def go(*command: str, **changed: str) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=committed.environment | changed, capture_output=True, text=True,
            timeout=180,
        )  # fmt: skip
        return done.returncode, done.stdout + done.stderr

    return go


MIGHTY = {
    "superuser": "ALTER ROLE stranger SUPERUSER",
    "BYPASSRLS": "ALTER ROLE stranger BYPASSRLS",
    "CREATEROLE": "ALTER ROLE stranger CREATEROLE",
    "INHERIT": "ALTER ROLE stranger INHERIT",
    "may become the owner": "GRANT pult_owner TO stranger WITH INHERIT FALSE, SET TRUE",
    "may become a superuser": "CREATE ROLE boss SUPERUSER; GRANT boss TO stranger WITH INHERIT FALSE",
}


@pytest.mark.committed
@pytest.mark.row("SE-07")
def test_a_mighty_role_is_refused_at_every_start(committed, run):
    doors = (("-c", "import infra.asgi"), ("-m", "infra.worker"), ("manage.py", "prepare"), ("manage.py", "check_db"))
    committed.sql(f"CREATE ROLE stranger LOGIN NOINHERIT PASSWORD '{PASSWORD}'")
    committed.sql("GRANT CONNECT ON DATABASE pult TO stranger")
    address = committed.url("stranger")
    assert run(*doors[0], DATABASE_URL=address)[0] == 0
    with asking(committed.environment | {"DATABASE_URL": address}) as told:
        assert told() == "fit"
        for name, statement in MIGHTY.items():
            committed.sql(statement)
            assert "лишни" in told(), f"{name} was let through"
            committed.sql(
                "ALTER ROLE stranger NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOINHERIT; REVOKE pult_owner FROM stranger"
            )
        committed.sql("REVOKE boss FROM stranger")
        assert told() == "fit"
    # The question is one; that each door asks it is seen by one trouble.
    committed.sql(MIGHTY["BYPASSRLS"])
    for door in doors:
        status, said = run(*door, DATABASE_URL=address)
        assert status != 0, f"{door} let it through"
        assert "лишние права" in said or "лишними правами" in said, said


ASK = """
import os, sys
import django
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infra.settings")
django.setup()
from django.core.exceptions import ImproperlyConfigured
from tenants.startup import refuse_mighty_role_apart
for line in sys.stdin:
    try:
        refuse_mighty_role_apart()
        print("fit", flush=True)
    except ImproperlyConfigured as refused:
        print(refused, flush=True)
"""


@contextmanager
def asking(environment: dict[str, str]) -> Iterator[Callable[[], str]]:
    """`told()` is what the check of the start says now, in a process that has started once."""
    process = subprocess.Popen(
        [sys.executable, "-c", ASK], cwd=ROOT, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )

    def told() -> str:
        process.stdin.write("?\n")
        process.stdin.flush()
        return process.stdout.readline().strip()

    yield told
    process.communicate(timeout=30)


@pytest.mark.django_db(databases=["default", "owner"])
def test_the_roles_of_our_own_servers_are_meek():
    facts = read_facts()
    grave = [finding.sentence for finding in judge(facts, must_be_durable=False) if finding.grave]
    assert grave == []


def test_nothing_is_wrong_with_what_we_ship():
    assert judge(Facts(settings=SETTINGS), must_be_durable=True, connections_needed=100) == []


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        (Facts(version=17), "слишком старый"),
        (Facts(encoding="SQL_ASCII"), "кодировке"),
        (Facts(knows_russian=False), "регистр русских"),
        (Facts(extensions=frozenset(EXTENSIONS[1:])), EXTENSIONS[0]),
        (Facts(has_memory_function=False), "backend_memory"),
        (Facts(may_become_control=False), "pult_control"),
        (Facts(owner_makes_roles=False), "создавать роли"),
        (Facts(owner_makes_schemas=False), "создавать схемы"),
        (Facts(owner_has_public=False), "public"),
        (Facts(owner_gives_base=False), "company_base"),
    ],
)
def test_a_server_that_cannot_work_is_named_and_refused(facts, word):
    [finding] = judge(facts, must_be_durable=False)
    assert finding.grave and word in finding.sentence and finding.advice


@pytest.mark.parametrize(
    ("changed", "grave"),
    [
        ({"fsync": "off"}, True),
        ({"full_page_writes": "off"}, True),
        ({"synchronous_commit": "off"}, True),
        ({"max_locks_per_transaction": "64"}, True),
        ({"recovery_init_sync_method": "fsync"}, False),
        ({"data_checksums": "off"}, False),
        ({"idle_in_transaction_session_timeout": "0"}, False),
        ({"max_connections": "20"}, False),
    ],
)
def test_settings_are_judged_by_what_they_cost(changed, grave):
    facts = Facts(settings=SETTINGS | changed)
    [strict] = judge(facts, must_be_durable=True, connections_needed=100)
    [lenient] = judge(facts, must_be_durable=False, connections_needed=100)
    assert (strict.grave, lenient.grave) == (grave, False)
    assert next(iter(changed)) in strict.sentence or "суммы" in strict.sentence


@pytest.mark.committed
def test_a_database_of_a_c_locale_is_found_out(committed, run):
    committed.sql("CREATE DATABASE poor TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER libc LOCALE 'C'")
    poor = {
        name: value.replace("/pult?", "/poor?")
        for name, value in committed.cluster.variables().items()
        if name.startswith("DATABASE_")
    }
    committed.sql("GRANT CONNECT ON DATABASE poor TO pult_app, pult_owner")
    status, said = run("manage.py", "check_db", **poor)
    assert status == 1
    assert "регистр русских букв" in said and "расширений" in said
    assert run("manage.py", "prepare", **poor)[0] == 1


@pytest.mark.committed
def test_printed_roles_are_what_make_roles_makes(committed, run):
    status, printed = run("manage.py", "make_roles", "--print")
    assert status == 0
    assert printed.strip() == script(DATABASE, app_password=PASSWORD, owner_password=PASSWORD).strip()
    roles = printed.split("SELECT 'CREATE DATABASE")[0]
    rights = printed.split(f'\\connect "{DATABASE}"')[1]
    with psycopg.connect(**committed.cluster.servers[0].dsn(dbname=DATABASE), autocommit=True) as connection:
        for text in (roles, rights):
            connection.execute(text)
    assert run("manage.py", "check_db")[0] == 0


@pytest.mark.committed
def test_make_roles_says_what_it_needs(run):
    assert "DATABASE_ADMIN_URL" in run("manage.py", "make_roles")[1]
    status, said = run("manage.py", "make_roles", DATABASE_URL="postgresql://somebody:x@/pult?host=/tmp")
    assert status == 1 and "pult_app" in said
