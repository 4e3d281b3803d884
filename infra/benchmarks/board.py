"""Boards and workload among 1,000,000 tasks, as the owner sees them: the first page of each.

The company is that of the search (`search.py`). Each answer stands beside the floor: one statement that counts the same
columns, each up to 10,000, and hands on the first cards of each as JSON; of the workload, one that adds up the same
days of the same people.
"""

import itertools
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import psycopg

from infra.benchmarks import bare
from infra.benchmarks.figures import Figure, figure, percentile
from infra.benchmarks.load import Request, answer_of, timed
from infra.benchmarks.search import SLUG, Million

COUNT, FLOOR_COUNT = 40, 20
GOAL_MS = 300
_OPEN = """
e.kind = 'tasks.task' AND e.trashed_at IS NULL AND NOT e.is_draft AND e.state = 'open' AND (NOT e.is_private OR EXISTS
  (SELECT FROM entities_participant p WHERE p.entity_id = e.id AND p.principal_id = %(me)s))"""
_COLUMNS = """
SELECT json_agg(json_build_object('value', c.value,
  'count', (SELECT count(*) FROM (SELECT FROM entities_entity e WHERE {of_column} AND {open} LIMIT 10000) AS counted),
  'results', (SELECT coalesce(json_agg(json_build_object('id', f.id, 'number', f.number, 'title', f.title)), '[]')
    FROM (SELECT e.* FROM entities_entity e WHERE {of_column} AND {open} AND e.due_at IS NOT NULL
          ORDER BY e.due_at, e.id LIMIT 20) AS f)))::text
FROM ({columns}) AS c"""
_STATUSES = "SELECT unnest(ARRAY['new', 'accepted', 'in_work', 'returned', 'in_review']) AS value"
_PEOPLE = """SELECT w.entity_ptr_id::text AS value, w.principal_id FROM organization_employee w
  JOIN entities_entity k ON k.id = w.entity_ptr_id
  WHERE EXISTS (SELECT FROM entities_entity e WHERE e.responsible_id = w.principal_id AND {open})
  ORDER BY k.title, k.id LIMIT 8"""
_WORKLOAD = """
SELECT coalesce(json_agg(days), '[]')::text FROM (
  SELECT e.responsible_id, date_trunc('day', e.due_at, 'Europe/Moscow') AS day, count(*) AS tasks,
    coalesce(sum(greatest(t.estimate - (SELECT coalesce(sum(s.minutes), 0) FROM tasks_timeentry s
      WHERE s.task_id = e.id), 0)), 0) AS minutes
  FROM entities_entity e JOIN tasks_task t ON t.entity_ptr_id = e.id
  WHERE {open} AND e.due_at >= %(since)s AND e.due_at < %(until)s AND e.responsible_id IN (
    SELECT w.principal_id FROM organization_employee w JOIN entities_entity k ON k.id = w.entity_ptr_id
    WHERE k.status = 'works' ORDER BY k.title, k.id LIMIT 50)
  GROUP BY 1, 2) AS days"""
_DAYS = 14


def run() -> list[Figure]:
    """p95 of each first page beside its goal, p50 beside the floor."""
    with Million() as field:
        token, port = field.owner_token(), field.product.port
        found: list[Figure] = []
        with bare.connect(field.superuser, field.schema_of(SLUG)) as connection:
            given = _given(connection, field.owner_card())
            for name, path, statement, agree in _asked():
                request = Request("GET", f"/api/v1/{path}", f"{SLUG}.localhost:{port}", token)
                agree(name, answer_of(port, request), _floor(connection, statement, given))
                spent = timed(port, partial(itertools.repeat, request), count=COUNT, warm=5)
                least = [_timed(connection, statement, given) for _ in range(FLOOR_COUNT)][5:]
                p95, p50 = percentile(spent, 0.95), percentile(spent, 0.5)
                found.append(figure(f"board: {name}, p95", p95, "мс", most=GOAL_MS))
                found.append(figure(f"board: {name}, p50", p50, "мс", floor=percentile(least, 0.5)))
        return found


def _asked() -> list[tuple[str, str, str, Callable[[str, Any, Any], None]]]:
    tail = "&tab=all&state=open&ordering=due_at"
    statuses = _COLUMNS.format(of_column="e.status = c.value", open=_OPEN, columns=_STATUSES)
    people = _COLUMNS.format(
        of_column="e.responsible_id = c.principal_id", open=_OPEN, columns=_PEOPLE.format(open=_OPEN)
    )
    return [
        ("по состоянию", f"tasks/board/?by=status{tail}", statuses, _same_columns),
        ("по исполнителю", f"tasks/board/?by=assignee{tail}", people, _same_columns),
        ("загрузка на две недели", "tasks/workload/", _WORKLOAD.format(open=_OPEN), _same_load),
    ]


def _given(connection: psycopg.Connection, card: int) -> dict[str, Any]:
    named = "SELECT principal_id FROM organization_employee WHERE entity_ptr_id = %s"
    me = connection.execute(named, [card]).fetchone()
    today = "SELECT date_trunc('day', %s::timestamptz, 'Europe/Moscow')"
    since = connection.execute(today, [datetime.now(UTC)]).fetchone()
    if me is None or since is None:
        raise LookupError(card)
    return {"me": me[0], "since": since[0], "until": since[0] + timedelta(days=_DAYS)}


def _same_columns(name: str, ours: Any, floor: Any) -> None:
    """RuntimeError unless both count the same and begin with the same cards."""
    said = {one["value"]: _column(one) for one in ours["columns"] if one["count"]}
    least = {one["value"]: _column(one) for one in floor if one["count"]}
    if said != least:
        raise RuntimeError(f"{name}: the product shows {said}, the floor {least}")


def _column(column: Any) -> tuple[int, list[int]]:
    return column["count"], [card["id"] for card in column["results"]]


def _same_load(name: str, ours: Any, floor: Any) -> None:
    told = [load for line in ours["results"] for load in line["loads"]]
    said = sum(load["tasks"] for load in told), sum(load["minutes"] for load in told)
    least = sum(day["tasks"] for day in floor), sum(day["minutes"] for day in floor)
    if said != least:
        raise RuntimeError(f"{name}: the product adds up {said}, the floor {least}")


def _floor(connection: psycopg.Connection, statement: str, given: dict[str, Any]) -> Any:
    row = connection.execute(statement, given).fetchone()
    return json.loads(row[0]) if row else None


def _timed(connection: psycopg.Connection, statement: str, given: dict[str, Any]) -> float:
    begun = time.perf_counter()
    connection.execute(statement, given).fetchone()
    return (time.perf_counter() - begun) * 1000
