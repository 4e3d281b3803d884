"""A minute of kills: nothing acknowledged is lost, nothing is done twice."""

import os
import threading
import time
from collections import Counter
from collections.abc import Iterator

import pytest

from infra.launch.product import Product
from tests.chaos.monkey import Caller, Ledger, kill_for
from tests.support.cluster import fresh_folder
from tests.support.standing import schema_of, superuser

SECONDS = float(os.environ.get("CHAOS_SECONDS", "60"))
# Some thousand facts and letters are told at a few dozen a second, and what fails once more waits.
DRAIN_SECONDS = 90.0
CALLERS = 3


@pytest.fixture
def product() -> Iterator[Product]:
    running = Product(fresh_folder("chaos")).start()
    yield running
    running.stop()


def hurry(product: Product, slug: str) -> None:
    """Let what waits a minute for further talk, or after a failure for the next try, go now."""
    with superuser(product) as connection:
        schema = schema_of(connection, slug)
        connection.execute(f'UPDATE "{schema}".notifications_delivery SET not_before = now() WHERE not_before > now()')
        connection.execute(
            "UPDATE outbox SET not_before = now() WHERE (attempts = 0 OR error <> '')"
            " AND not_before > now() AND not_before < 'infinity'"
        )


def left_over(product: Product) -> list[tuple[str, int, str, bool]]:
    """Wait until no promise is left; those that are when the time is over: kind, attempts, error, in hand."""
    deadline = time.monotonic() + DRAIN_SECONDS
    waiting: list[tuple[str, int, str, bool]] = []
    while time.monotonic() < deadline:
        with superuser(product) as connection:
            waiting = connection.execute(
                "SELECT kind, attempts, error, worker IS NOT NULL FROM outbox WHERE kind <> 'job:tenants.pool' LIMIT 20"
            ).fetchall()
        if not waiting:
            break
        time.sleep(0.5)
    return waiting


def run(product: Product, seed: int, seconds: float) -> Ledger:
    made = product.sign_up("haos")
    colleague = product.colleague("haos", made["token"], "petrov@haos.example")
    assignee = colleague.call("GET", "me/")[1]["id"]
    ledger, stop = Ledger(), threading.Event()
    callers = [Caller(product, "haos", made["token"], assignee, ledger, stop) for _ in range(CALLERS)]
    for caller in callers:
        caller.start()
    kill_for(product, seconds, seed, ledger)
    stop.set()
    for caller in callers:
        caller.join(90)
    return ledger


@pytest.mark.committed
@pytest.mark.row("PL-01")
def test_nothing_acknowledged_is_lost_and_nothing_doubled(product):
    ledger = run(product, seed=20261122, seconds=SECONDS)
    assert ledger.refusals == []
    assert len(ledger.kills) > SECONDS / 6
    assert len(ledger.tasks) > SECONDS, "the callers got on with their work"
    hurry(product, "haos")
    assert left_over(product) == []
    _invariants(product, ledger)


def _invariants(product: Product, ledger: Ledger) -> None:
    with superuser(product) as connection:
        schema = schema_of(connection, "haos")
        connection.execute(f'SET search_path = "{schema}"')
        titles = Counter(
            title for (title,) in connection.execute("SELECT title FROM entities_entity WHERE kind = 'tasks.task'")
        )
        assert [title for title in ledger.tasks if titles[title] != 1] == [], "each acknowledged task stands once"
        texts = Counter(text for (text,) in connection.execute("SELECT text FROM comments_comment"))
        assert [text for text in ledger.comments if texts[text] != 1] == [], "each acknowledged comment stands once"
        must_be_empty = {
            "a task without its fact": """
                SELECT e.id FROM entities_entity e WHERE e.kind = 'tasks.task' AND NOT EXISTS
                (SELECT 1 FROM events_fact f WHERE f.entity_id = e.id AND f.kind = 'tasks.created')""",
            "a task without a number, or a number twice": """
                SELECT number FROM entities_entity WHERE kind = 'tasks.task' GROUP BY 1
                HAVING count(*) > 1 OR number = ''""",
            "a gap in the numbers": """
                SELECT 1 FROM entities_entity WHERE kind = 'tasks.task'
                HAVING count(*) <> (SELECT last FROM numbering_numbercounter WHERE kind = 'tasks.task')""",
            "a letter not sent": "SELECT id FROM notifications_delivery WHERE status <> 'sent'",
            "a participant missing": """
                SELECT e.id FROM entities_entity e WHERE e.kind = 'tasks.task' AND
                (SELECT count(*) FROM entities_participant p WHERE p.entity_id = e.id) < 2""",
        }
        for name, statement in must_be_empty.items():
            assert connection.execute(statement).fetchall() == [], name
        notices = dict(
            connection.execute(
                "SELECT channel, count(*) FROM notifications_delivery WHERE kind = 'tasks.given' GROUP BY channel"
            )
        )
        assert notices == dict.fromkeys(("bell", "mail"), sum(titles.values())), "one letter and one ring a task"
