"""A minute of kills: nothing acknowledged is lost, nothing is done twice, and what comes by itself comes once."""

import os
import threading
import time
from collections import Counter
from collections.abc import Iterator

import pytest

from infra.launch.product import Product
from tests.chaos.monkey import Caller, Ledger, Program, kill_for
from tests.chaos.planner import POINTS, Planner
from tests.support.cluster import fresh_folder
from tests.support.standing import schema_of, superuser

SECONDS = float(os.environ.get("CHAOS_SECONDS", "60"))
# Some thousand facts and letters are told at a few dozen a second, and what fails once more waits.
DRAIN_SECONDS = 90.0
CALLERS = 3


_LEFT_OVER = """
SELECT kind, attempts, error, worker IS NOT NULL FROM outbox WHERE kind <> 'job:tenants.pool'
UNION ALL
SELECT kind, 0, 'is not due yet', false FROM wakeups WHERE company = %s
  AND kind IN ('recurrence.tick', 'notifications.remind') AND due_at < now() + interval '10 seconds'
LIMIT 20
"""
MUST_BE_EMPTY = {
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
    "a moment of a plan twice, or without its card": """
        SELECT template_id, at FROM recurrence_occurrence GROUP BY 1, 2
        HAVING count(*) > 1 OR count(card_id) <> 1 OR min(outcome) <> 'made'""",
    "a card of a plan twice, or known to no plan": """
        SELECT e.id FROM entities_entity e WHERE e.kind = 'tasks.task' AND e.title = 'Обход' AND
        (SELECT count(*) FROM recurrence_occurrence o WHERE o.card_id = e.id) <> 1""",
    "a card of a plan that is not whole": """
        SELECT o.card_id FROM recurrence_occurrence o WHERE
        (SELECT count(*) FROM checklists_point p WHERE p.entity_id = o.card_id) <>
        (SELECT count(*) FROM checklists_point p WHERE p.entity_id = o.template_id) OR NOT EXISTS
        (SELECT FROM links_entitylink l WHERE l.source_id = o.card_id AND l.target_id = o.template_id
         AND l.relation = 'based_on')""",
    "a plan that has lost count": """
        SELECT r.entity_id FROM recurrence_recurrence r WHERE r.is_on OR r.made <>
        (SELECT count(*) FROM recurrence_occurrence o WHERE o.template_id = r.entity_id)""",
    # Of what was given after the moment nobody is reminded. The one who gives hears of what is late, too.
    "a task that is late, and who hears of it": """
        SELECT e.id FROM entities_entity e WHERE e.kind = 'tasks.task' AND e.due_at BETWEEN e.created_at AND now() AND
        (SELECT count(*) FROM notifications_delivery d WHERE d.entity_id = e.id
         AND d.kind = 'notifications.overdue' AND d.channel = 'bell') <> 2""",
    "a task that is due in an hour, and who is reminded": """
        SELECT e.id FROM entities_entity e WHERE e.kind = 'tasks.task'
        AND e.due_at - interval '1 hour' BETWEEN e.created_at AND now() AND
        (SELECT count(*) FROM notifications_delivery d WHERE d.entity_id = e.id
         AND d.kind = 'notifications.due_soon' AND d.channel = 'bell') <> 1""",
}


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


def left_over(product: Product, slug: str) -> list[tuple[str, int, str, bool]]:
    """Wait until no promise is left, nor any that is about to come by the clock; those that are when the time is over:
    kind, attempts, error, in hand."""
    deadline = time.monotonic() + DRAIN_SECONDS
    waiting: list[tuple[str, int, str, bool]] = []
    while time.monotonic() < deadline:
        hurry(product, slug)
        with superuser(product) as connection:
            # In one statement: what is woken becomes a promise between two of them.
            waiting = connection.execute(_LEFT_OVER, [schema_of(connection, slug)]).fetchall()
        if not waiting:
            break
        time.sleep(0.5)
    return waiting


def run(product: Product, seed: int, seconds: float) -> Ledger:
    made = product.sign_up("haos")
    colleague = product.colleague("haos", made["token"], "petrov@haos.example")
    assignee = colleague.call("GET", "me/")[1]["id"]
    ledger, stop = Ledger(), threading.Event()
    programs: list[type[Program]] = [*[Caller] * CALLERS, Planner]
    callers = [program(product, "haos", made["token"], assignee, ledger, stop) for program in programs]
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
    assert len(ledger.plans) > SECONDS / 15 and len(ledger.soon) > SECONDS / 8, "and so did the clock"
    assert left_over(product, "haos") == []
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
        for name, statement in MUST_BE_EMPTY.items():
            assert connection.execute(statement).fetchall() == [], name
        came = "SELECT at FROM recurrence_occurrence WHERE template_id = %s ORDER BY at"
        for template, moments in ledger.plans.items():
            assert [at for (at,) in connection.execute(came, [template])] == moments, (
                "each of its minutes, and no other"
            )
        points = connection.execute("SELECT DISTINCT text FROM checklists_point ORDER BY text").fetchall()
        assert [text for (text,) in points] == sorted(POINTS)
        notices = dict(
            connection.execute(
                "SELECT channel, count(*) FROM notifications_delivery WHERE kind = 'tasks.given' GROUP BY channel"
            )
        )
        assert notices == dict.fromkeys(("bell", "mail"), sum(titles.values())), "one letter and one ring a task"
