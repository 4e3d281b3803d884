"""Lists among 1,000,000 tasks: the first page in each of its orders, its figures and groups, and «Ждёт меня».

The company is that of the search (`search.py`). The owner sees every task, an employee one in a hundred. A first page
stands beside the floor: one statement that hands on the same fifty rows as JSON, with nobody's rights or with the one
part of the employee's.
"""

import itertools
import time
from collections.abc import Iterator
from functools import partial
from typing import Any

import psycopg

from infra.benchmarks import bare
from infra.benchmarks.figures import Figure, figure, percentile
from infra.benchmarks.load import Request, answer_of, timed
from infra.benchmarks.search import SLUG, Million

COUNT, FLOOR_COUNT, PAGE = 40, 20, 50
GOAL_MS = 300
_OPEN = "e.kind = 'tasks.task' AND e.trashed_at IS NULL AND NOT e.is_draft AND e.state = 'open'"
_PAGE = """
SELECT json_agg(json_build_object('id', f.id, 'number', f.number, 'title', f.title, 'due_at', f.due_at))::text
FROM (SELECT e.* FROM entities_entity e WHERE {open} {narrowed} ORDER BY {order} LIMIT {limit}) AS f
"""
# The owner sees all but private tasks of others.
_ALL = (
    "AND (NOT e.is_private OR"
    " EXISTS (SELECT FROM entities_participant p WHERE p.entity_id = e.id AND p.principal_id = %(me)s))"
)
_MINE = "AND EXISTS (SELECT FROM entities_participant p WHERE p.entity_id = e.id AND p.principal_id = %(me)s)"
_TAIL = "tab=all&state=open"
# The name, the query, the order of the same rows in the table.
PAGES = (
    ("по сроку", f"tasks/?{_TAIL}&ordering=due_at&limit={PAGE}", "e.due_at, e.id"),
    ("новые сначала", f"tasks/?{_TAIL}&ordering=-created_at&limit={PAGE}", "e.created_at DESC, e.id DESC"),
    ("по важности", f"tasks/?{_TAIL}&ordering=-priority&limit={PAGE}", "e.priority DESC, e.id DESC"),
)
# What has no floor of one statement: the goal alone judges.
REST = (
    ("вкладка «Мне»", f"tasks/?tab=mine&state=open&ordering=due_at&limit={PAGE}"),
    ("счётчики вкладок", "tasks/counts/"),
    ("итоги", f"tasks/summary/?{_TAIL}"),
    ("итоги по состоянию", f"tasks/summary/?{_TAIL}&group=status"),
    ("итоги по исполнителю", f"tasks/summary/?{_TAIL}&group=assignee"),
    ("группа «В работе»", f"tasks/?{_TAIL}&group=status&in_group=in_work&ordering=due_at&limit={PAGE}"),
    ("по опозданию", f"tasks/?{_TAIL}&ordering=late&limit={PAGE}"),
    ("«Ждёт меня»", "waiting/"),
    ("«Мой день»", "home/"),
)


def run() -> list[Figure]:
    """p95 of each answer beside its goal, p50 of first pages beside the floor, for both viewers."""
    with Million() as field:
        worker, worker_card = field.worker()
        owner, owner_card = field.owner_token(), field.owner_card()
        with bare.connect(field.superuser, field.schema_of(SLUG)) as connection:
            return [
                *_figures(field.product.port, connection, "владелец", owner, _ALL, owner_card),
                *_figures(field.product.port, connection, "видит 1 %", worker, _MINE, worker_card),
            ]


def _figures(
    port: int, connection: psycopg.Connection, who: str, token: str, narrowed: str, card: int
) -> Iterator[Figure]:
    asked = "SELECT principal_id FROM organization_employee WHERE entity_ptr_id = %s"
    (me,) = connection.execute(asked, [card]).fetchone() or (None,)
    given = {"me": me}
    host = f"{SLUG}.localhost:{port}"
    for name, path, order in PAGES:
        request = Request("GET", f"/api/v1/{path}", host, token)
        statement = _PAGE.format(open=_OPEN, narrowed=narrowed, order=order, limit=PAGE)
        _must_agree(f"{who}, {name}", answer_of(port, request), connection, statement, given)
        spent = _timed(port, request)
        least = [_floor(connection, statement, given) for _ in range(FLOOR_COUNT)][5:]
        yield figure(f"lists: {who}, {name}, p95", percentile(spent, 0.95), "мс", most=GOAL_MS)
        yield figure(f"lists: {who}, {name}, p50", percentile(spent, 0.5), "мс", floor=percentile(least, 0.5))
    for name, path in REST:
        spent = _timed(port, Request("GET", f"/api/v1/{path}", host, token))
        yield figure(f"lists: {who}, {name}, p95", percentile(spent, 0.95), "мс", most=GOAL_MS)


def _timed(port: int, request: Request) -> list[float]:
    return timed(port, partial(itertools.repeat, request), count=COUNT, warm=5)


def _must_agree(name: str, ours: Any, connection: psycopg.Connection, statement: str, given: dict[str, Any]) -> None:
    """RuntimeError unless the product and the floor show the same page."""
    (floor,) = connection.execute(statement.replace("::text", ""), given).fetchone() or ([],)
    shown, least = [row["id"] for row in ours["results"]], [row["id"] for row in floor or []]
    if shown != least:
        raise RuntimeError(f"{name}: the product shows {shown[:5]}…, the floor {least[:5]}…")


def _floor(connection: psycopg.Connection, statement: str, given: dict[str, Any]) -> float:
    begun = time.perf_counter()
    connection.execute(statement, given).fetchone()
    return (time.perf_counter() - begun) * 1000
