"""Lists among 1,000,000 tasks: the first page in each of its orders, its figures and groups, and «Ждёт меня».

The company is that of the search (`search.py`). The owner sees every task, an employee one in a hundred. A first page
stands beside the floor: one statement that hands on the same fifty rows as JSON, with nobody's rights or with the one
part of the employee's. So does the tab of what somebody has to do, and the head of his queue: all sections that tasks
have in it, each with its count and its first ten.
"""

import itertools
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import psycopg

from infra.benchmarks import bare
from infra.benchmarks.figures import Figure, figure, percentile
from infra.benchmarks.load import Request, answer_of, timed
from infra.benchmarks.search import SLUG, Million

COUNT, FLOOR_COUNT, PAGE, HEAD, COUNTED = 40, 20, 50, 10, 1_000
GOAL_MS = 300
_OPEN = "e.kind = 'tasks.task' AND e.trashed_at IS NULL AND NOT e.is_draft AND e.state = 'open'"
_PAGE = """
SELECT json_agg(json_build_object('id', f.id, 'number', f.number, 'title', f.title, 'due_at', f.due_at))::text
FROM (SELECT e.* FROM entities_entity e WHERE {open} {narrowed} ORDER BY {order} LIMIT {limit}) AS f
"""
# The owner sees all but private tasks of others.
ALL = (
    "AND (NOT e.is_private OR"
    " EXISTS (SELECT FROM entities_participant p WHERE p.entity_id = e.id AND p.principal_id = %(me)s))"
)
MINE = "AND EXISTS (SELECT FROM entities_participant p WHERE p.entity_id = e.id AND p.principal_id = %(me)s)"
_TO_DO = "AND e.responsible_id = %(me)s"
# A task waits in one section at most: what to do with it follows from its state and from whether it is late.
_WAITING = f"""
WITH mine AS (
  SELECT e.*, CASE WHEN e.due_at < now() THEN 'overdue' WHEN e.status = 'returned' THEN 'returned'
    WHEN e.status = 'new' THEN 'new' WHEN e.due_at < %(midnight)s THEN 'today' END AS section
  FROM entities_entity e WHERE {_OPEN} AND e.responsible_id = %(me)s
    AND e.status IN ('new', 'accepted', 'in_work', 'returned')
  UNION ALL
  SELECT e.*, 'to-review' FROM entities_entity e
  WHERE {_OPEN} AND e.author_id = %(me)s AND e.responsible_id <> %(me)s AND e.status = 'in_review'),
placed AS (
  SELECT id, number, title, due_at, section, count(*) OVER (PARTITION BY section) AS count,
    row_number() OVER (PARTITION BY section ORDER BY due_at, id) AS place
  FROM mine WHERE section IS NOT NULL)
SELECT json_object_agg(section, told)::text FROM (
  SELECT section, json_build_object('count', least(min(count), {COUNTED}), 'results', json_agg(json_build_object(
    'id', id, 'number', number, 'title', title, 'due_at', due_at) ORDER BY place)) AS told
  FROM placed WHERE place <= {HEAD} GROUP BY section) AS s
"""
_MIDNIGHT = "SELECT ((now() AT TIME ZONE %(zone)s)::date + 1)::timestamp AT TIME ZONE %(zone)s"
_ME = "SELECT principal_id FROM organization_employee WHERE entity_ptr_id = %s"
_TAIL = "tab=all&state=open"


def _ids(rows: Any) -> list[int]:
    return [row["id"] for row in rows or []]


def rows_of(answer: Any) -> Any:
    """The tasks of a page, of our answer and of the floor's."""
    return _ids(answer["results"] if isinstance(answer, dict) else answer)


def sections_of(answer: Any) -> Any:
    """Each section of the queue with its count and its tasks, of our answer and of the floor's."""
    if "sections" not in (answer or {}):
        return {code: (told["count"], _ids(told["results"])) for code, told in (answer or {}).items()}
    return {
        told["code"]: (told["count"], [int(line["card"]["ref"].rpartition("/")[2]) for line in told["results"]])
        for told in answer["sections"]
    }


@dataclass(frozen=True)
class Floored:
    """A question with its floor; `shown` is what both answers must have alike."""

    name: str
    path: str
    statement: str
    shown: Callable[[Any], Any] = rows_of


def floored(narrowed: str) -> tuple[Floored, ...]:
    """What is asked, for somebody who sees the tasks that are narrowed so."""

    def page(name: str, path: str, order: str, seen: str = narrowed) -> Floored:
        return Floored(
            name, f"tasks/?{path}&limit={PAGE}", _PAGE.format(open=_OPEN, narrowed=seen, order=order, limit=PAGE)
        )

    return (
        page("по сроку", f"{_TAIL}&ordering=due_at", "e.due_at, e.id"),
        page("новые сначала", f"{_TAIL}&ordering=-created_at", "e.created_at DESC, e.id DESC"),
        page("по важности", f"{_TAIL}&ordering=-priority", "e.priority DESC, e.id DESC"),
        page("вкладка «Мне»", "tab=mine&state=open&ordering=due_at", "e.due_at, e.id", _TO_DO),
        Floored("«Ждёт меня»", "waiting/", _WAITING, sections_of),
    )


# What has no floor of one statement: the goal alone judges.
REST = (
    ("счётчики вкладок", "tasks/counts/"),
    ("итоги", f"tasks/summary/?{_TAIL}"),
    ("итоги по состоянию", f"tasks/summary/?{_TAIL}&group=status"),
    ("итоги по исполнителю", f"tasks/summary/?{_TAIL}&group=assignee"),
    ("группа «В работе»", f"tasks/?{_TAIL}&group=status&in_group=in_work&ordering=due_at&limit={PAGE}"),
    ("по опозданию", f"tasks/?{_TAIL}&ordering=late&limit={PAGE}"),
    ("«Мой день»", "home/"),
)


def run() -> list[Figure]:
    """p95 of each answer beside its goal, p50 of first pages beside the floor, for both viewers."""
    with Million() as field:
        worker, _ = field.worker()
        owner = field.owner_token()
        with bare.connect(field.superuser, field.schema_of(SLUG)) as connection:
            return [
                *_figures(field.product.port, connection, "владелец", owner, ALL),
                *_figures(field.product.port, connection, "видит 1 %", worker, MINE),
            ]


def _figures(port: int, connection: psycopg.Connection, who: str, token: str, narrowed: str) -> Iterator[Figure]:
    host = f"{SLUG}.localhost:{port}"
    given = known(connection, answer_of(port, Request("GET", "/api/v1/me/", host, token)))
    for asked in floored(narrowed):
        request = Request("GET", f"/api/v1/{asked.path}", host, token)
        must_agree(f"{who}, {asked.name}", asked, answer_of(port, request), connection, given)
        spent = _timed(port, request)
        least = [_floor(connection, asked.statement, given) for _ in range(FLOOR_COUNT)][5:]
        yield figure(f"lists: {who}, {asked.name}, p95", percentile(spent, 0.95), "мс", most=GOAL_MS)
        yield figure(f"lists: {who}, {asked.name}, p50", percentile(spent, 0.5), "мс", floor=percentile(least, 0.5))
    for name, path in REST:
        spent = _timed(port, Request("GET", f"/api/v1/{path}", host, token))
        yield figure(f"lists: {who}, {name}, p95", percentile(spent, 0.95), "мс", most=GOAL_MS)


def _timed(port: int, request: Request) -> list[float]:
    return timed(port, partial(itertools.repeat, request), count=COUNT, warm=5)


def known(connection: Any, me: Any) -> dict[str, Any]:
    """What the floors are given: the principal of whoever asks, and the coming midnight of his company; `me` is what
    the product tells him of himself."""
    (principal,) = connection.execute(_ME, [me["id"]]).fetchone()
    (midnight,) = connection.execute(_MIDNIGHT, {"zone": me["company"]["time_zone"]}).fetchone()
    return {"me": principal, "midnight": midnight}


def must_agree(name: str, asked: Floored, ours: Any, connection: Any, given: dict[str, Any]) -> None:
    """RuntimeError unless the product and the floor show the same."""
    (floor,) = connection.execute(asked.statement.replace("::text", ""), given).fetchone() or (None,)
    shown, least = asked.shown(ours), asked.shown(floor)
    if shown != least:
        raise RuntimeError(f"{name}: the product shows {str(shown)[:300]}, the floor {str(least)[:300]}")


def _floor(connection: psycopg.Connection, statement: str, given: dict[str, Any]) -> float:
    begun = time.perf_counter()
    connection.execute(statement, given).fetchone()
    return (time.perf_counter() - begun) * 1000
