"""Tasks among 100,000: the list by assignee and due date, one card, creating one."""

import itertools
import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import psycopg

from infra.benchmarks import bare
from infra.benchmarks.field import Field
from infra.benchmarks.figures import Figure, figure, percentile
from infra.benchmarks.load import Request, timed
from infra.env import ROOT
from infra.launch.product import free_port

TASKS, EMPLOYEES = 100_000, 200
COUNT = 400
# How many times the bare endpoint each may take at concurrency 1.
GOALS = {"список": 12.0, "карточка": 18.0, "создание": 12.0}


def run() -> list[Figure]:
    """The three operations at concurrency 1 and 8, beside psycopg and a bare WSGI application."""
    with Field("tasks") as field:
        made = field.product.sign_up("bench")
        field.manage("fill_company", "bench", "--tasks", str(TASKS), "--employees", str(EMPLOYEES))
        schema = field.schema_of("bench")
        with field.database() as connection:
            connection.execute("VACUUM ANALYZE")
            busy, card = _subject(connection, schema)
        direct = _through_psycopg(field, schema, busy, card)
        ours = _ours(field.product.port, f"bench.localhost:{field.product.port}", made["token"], busy, card)
        with _Bare(field, schema) as port:
            floor = _bare(port, busy, card)
            return _figures(field.product.port, port, ours, floor, direct)


Streams = dict[str, Callable[[], Iterator[Request]]]


def _ours(port: int, host: str, token: str, busy: int, card: int) -> Streams:
    paths = {
        "список": ("GET", f"/api/v1/tasks/?assignee={busy}&ordering=due_at&limit=50", None),
        "карточка": ("GET", f"/api/v1/tasks/{card}/", None),
        "создание": ("POST", "/api/v1/tasks/", {"title": "Проверить насос", "assignee": busy,
                                                 "due_at": "2030-01-01T10:00:00Z"}),
    }  # fmt: skip
    return {name: _stream(Request(method, path, host, token, body)) for name, (method, path, body) in paths.items()}


def _bare(port: int, busy: int, card: int) -> Streams:
    host = f"localhost:{port}"
    return {
        "список": _stream(Request("GET", f"/list?who={busy}", host)),
        "карточка": _stream(Request("GET", f"/card?id={card}", host)),
        "создание": _stream(Request("POST", "/create", host, body={"title": "Проверить насос", "who": 2})),
    }


def _stream(request: Request) -> Callable[[], Iterator[Request]]:
    return lambda: itertools.repeat(request)


def _figures(port: int, bare_port: int, ours: Streams, floor: Streams, direct: dict[str, float]) -> list[Figure]:
    found = []
    for name in ours:
        for concurrency in (1, 8):
            spent = timed(port, ours[name], count=COUNT, concurrency=concurrency)
            least = timed(bare_port, floor[name], count=COUNT, concurrency=concurrency)
            title = f"tasks: {name}, одновременно {concurrency}"
            goal = GOALS[name] if concurrency == 1 else None
            found.append(figure(f"{title}, p50", percentile(spent, 0.5), "мс", floor=percentile(least, 0.5), most=goal))
            found.append(figure(f"{title}, p95", percentile(spent, 0.95), "мс", floor=percentile(least, 0.95)))
        alone = percentile(timed(port, ours[name], count=COUNT), 0.5)
        found.append(figure(f"tasks: {name} к psycopg, p50", alone, "мс", floor=direct[name]))
    return found


def _subject(connection: psycopg.Connection, schema: str) -> tuple[int, int]:
    """An employee with an ordinary number of tasks, and one task."""
    connection.execute(f'SET search_path = "{schema}"')
    employee = connection.execute(
        "SELECT p.entity_ptr_id FROM organization_employee p"
        " JOIN entities_entity e ON e.responsible_id = p.principal_id"
        " WHERE e.kind = 'tasks.task' GROUP BY 1 HAVING count(*) > 100 ORDER BY count(*) LIMIT 1"
    ).fetchone()
    card = connection.execute("SELECT max(entity_ptr_id) FROM tasks_task").fetchone()
    if employee is None or card is None:
        raise LookupError("fill_company made no tasks")
    return employee[0], card[0]


def _through_psycopg(field: Field, schema: str, busy: int, card: int) -> dict[str, float]:
    with field.database() as connection:
        connection.execute(f'SET search_path = "{schema}"')
        statements: dict[str, tuple[str, list[Any]]] = {
            "список": (bare.LIST, [busy]), "карточка": (bare.CARD, [card]), "создание": (bare.CREATE, ["Насос", 2, 2]),
        }  # fmt: skip
        found = {}
        for name, (statement, parameters) in statements.items():
            times = []
            for _ in range(COUNT):
                begun = time.perf_counter()
                connection.execute(statement, parameters).fetchone()
                times.append((time.perf_counter() - begun) * 1000)
            found[name] = percentile(times, 0.5)
        return found


class _Bare:
    """The bare application, served like the product: two processes of uvicorn with eight threads each."""

    def __init__(self, field: Field, schema: str) -> None:
        password = json.loads((field.data / "secrets.json").read_text())["postgres_password"]
        host = psycopg.conninfo.conninfo_to_dict(field.variables["DATABASE_URL"])["host"]
        dsn = psycopg.conninfo.make_conninfo(host=host, user="postgres", password=password, dbname="pult")
        self.environment = os.environ | {"BARE_DSN": dsn, "BARE_SCHEMA": schema}
        self.port = free_port()

    def __enter__(self) -> int:
        command = [sys.executable, "-m", "uvicorn", "infra.benchmarks.bare:application", "--port", str(self.port),
                   "--workers", "2", "--no-access-log", "--log-level", "warning"]  # fmt: skip
        self.process = subprocess.Popen(command, env=self.environment, cwd=ROOT)
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/card?id=1", timeout=2).close()
                break
            except OSError:
                time.sleep(0.1)
        return self.port

    def __exit__(self, *told: object) -> None:
        self.process.terminate()
        self.process.wait(20)
