"""Tasks among 100,000, asked by an ordinary employee: his list by due date, one card with its buttons, giving a task.

Rights really narrow his rows; the owner's list, to whom all is open, is told beside it. Each is measured against the
same answer from a bare WSGI application (`bare.py`) and through psycopg, in turns, so that whatever else the machine
does meets both. What creating leaves to the background is waited for before each turn.
"""

import itertools
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import psycopg

from infra.benchmarks import bare
from infra.benchmarks.field import Field
from infra.benchmarks.figures import Figure, figure, percentile
from infra.benchmarks.likeness import must_be_alike
from infra.benchmarks.load import Request, answer_of, timed
from infra.env import ROOT, env
from infra.launch.product import free_port

TASKS, EMPLOYEES = 100_000, 200
COUNT, TURNS = 400, 4
LIST, CARD, CREATE = "список", "карточка", "создание"
# How many times the bare endpoint each may take at concurrency 1.
GOALS = {LIST: 12.0, CARD: 18.0, CREATE: 12.0}
_SLUG = "bench"
# Of whoever accepts an invitation through `Product.colleague`.
_PASSWORD = "dlinnyy-parol-2"
_TEXT = "<p>Проверить <strong>насос</strong> второго контура до пуска:</p><ul><li>давление</li><li>уплотнения</li></ul>"
_GIVEN = {"title": "Проверить насос", "due_at": "2030-01-01T10:00:00Z"}
# What every new task has of its own, whoever makes it.
_NEW = ("id", "ref", "number", "created_at", "changed_at")
_WRITTEN = ("entities_entity", "tasks_task", "entities_participant", "events_fact")


@dataclass(frozen=True)
class Subject:
    """Who asks and about what: employee cards of him and of whom he gives tasks, one task of his, two tokens."""

    me: int
    other: int
    card: int
    token: str
    owner_token: str

    @property
    def new(self) -> dict[str, Any]:
        return _GIVEN | {"who": self.other, "me": self.me}


Ask = dict[str, Request]


def run() -> list[Figure]:
    """The three operations at concurrency 1 and 8, beside the bare endpoint and psycopg."""
    with Field("tasks") as field:
        subject = _fill(field)
        with _Bare(field) as floor_port:
            bench = _Bench(field, floor_port, subject)
            bench.compare()
            return [*bench.beside_bare(), *bench.beside_psycopg(), bench.owners_list(), bench.without_fact()]


def _fill(field: Field) -> Subject:
    """A company with people and tasks, one of whom has signed in by himself."""
    owner = field.product.sign_up(_SLUG)
    session = field.product.colleague(_SLUG, owner["token"], "worker@bench.example")
    status, made = session.call("POST", "auth/tokens/", {"name": "bench", "days": 1, "password": _PASSWORD})
    if status != 201:
        raise RuntimeError(made)
    field.manage("fill_company", _SLUG, "--tasks", str(TASKS), "--employees", str(EMPLOYEES))
    me = session.call("GET", "me/")[1]["id"]
    with field.database() as connection:
        connection.execute("VACUUM ANALYZE")
        connection.execute(f'SET search_path = "{field.schema_of(_SLUG)}"')
        card = connection.execute(
            "SELECT max(e.id) FROM entities_entity e JOIN organization_employee w ON w.principal_id = e.responsible_id"
            " WHERE w.entity_ptr_id = %s AND e.kind = 'tasks.task' AND e.status = 'in_work' AND EXISTS"
            " (SELECT FROM entities_participant p WHERE p.entity_id = e.id AND p.part = 'watcher')",
            [me],
        ).fetchone()
        other = connection.execute("SELECT max(entity_ptr_id) FROM organization_employee").fetchone()
    told = field.product.call("PATCH", f"tasks/{card[0]}/", {"description": _TEXT}, slug=_SLUG, token=owner["token"])  # type: ignore[index]
    if told[0] != 200:
        raise RuntimeError(told[1])
    return Subject(me, other[0], card[0], made["token"], owner["token"])  # type: ignore[index]


class _Bench:
    """One company's figures; `ours` and `floor` are the same questions to the product and to the bare application."""

    def __init__(self, field: Field, floor_port: int, subject: Subject) -> None:
        self.field, self.subject, self.floor_port = field, subject, floor_port
        self.port, self.schema = field.product.port, field.schema_of(_SLUG)
        self.ours, self.floor = self._ours(subject.token), self._floor("/create")

    def compare(self) -> None:
        """Both answer the same and write the same, or the ratio of them says nothing."""
        for name in (LIST, CARD):
            must_be_alike(name, self._answer(self.ours[name]), self._answer(self.floor[name]))
        before = self._rows()
        ours = self._answer(self.ours[CREATE])
        between = self._rows()
        floor = self._answer(self.floor[CREATE])
        after = self._rows()
        must_be_alike(CREATE, ours, floor, but=_NEW)
        written = [
            [two - one for one, two in zip(*pair, strict=True)] for pair in ((before, between), (between, after))
        ]
        if written[0] != written[1]:
            raise RuntimeError(f"{_WRITTEN}: the product writes {written[0]} rows, the floor {written[1]}")

    def beside_bare(self) -> list[Figure]:
        found = []
        for name, concurrency in itertools.product(self.ours, (1, 8)):
            spent, least = self._in_turns(self.ours[name], self.floor[name], concurrency)
            title = f"tasks: {name}, одновременно {concurrency}"
            goal = GOALS[name] if concurrency == 1 else None
            found.append(figure(f"{title}, p50", percentile(spent, 0.5), "мс", floor=percentile(least, 0.5), most=goal))
            found.append(figure(f"{title}, p95", percentile(spent, 0.95), "мс", floor=percentile(least, 0.95)))
        return found

    def beside_psycopg(self) -> list[Figure]:
        asked = {LIST: {"who": self.subject.me}, CARD: {"id": self.subject.card, "me": self.subject.me},
                 CREATE: self.subject.new}  # fmt: skip
        found = []
        with bare.connect(self.field.superuser, self.schema) as connection:
            for name, given in asked.items():
                self._settle()
                statement = bare.STATEMENTS[self.floor[name].path.partition("?")[0]]
                direct = percentile(_through(connection, statement, given), 0.5)
                self._settle()
                spent = percentile(timed(self.port, _stream(self.ours[name]), count=COUNT), 0.5)
                found.append(figure(f"tasks: {name} к psycopg, p50", spent, "мс", floor=direct))
        return found

    def owners_list(self) -> Figure:
        ours = self._ours(self.subject.owner_token)[LIST]
        spent, least = self._in_turns(ours, self.floor[LIST], 1)
        return figure("tasks: список у владельца, p50", percentile(spent, 0.5), "мс", floor=percentile(least, 0.5))

    def without_fact(self) -> Figure:
        """Our creation beside an insertion that keeps no history and promises nothing."""
        spent, least = self._in_turns(self.ours[CREATE], self._floor("/create-bare")[CREATE], 1)
        title = "tasks: создание к голой вставке без факта, p50"
        return figure(title, percentile(spent, 0.5), "мс", floor=percentile(least, 0.5))

    def _ours(self, token: str) -> Ask:
        host, who = f"{_SLUG}.localhost:{self.port}", self.subject
        body = _GIVEN | {"assignee": who.other}
        return {
            LIST: Request("GET", f"/api/v1/tasks/?assignee={who.me}&ordering=due_at&limit=50", host, token),
            CARD: Request("GET", f"/api/v1/tasks/{who.card}/", host, token),
            CREATE: Request("POST", "/api/v1/tasks/", host, token, body),
        }

    def _floor(self, create: str) -> Ask:
        host, who = f"localhost:{self.floor_port}", self.subject
        return {
            LIST: Request("GET", f"/list?who={who.me}", host),
            CARD: Request("GET", f"/card?id={who.card}&me={who.me}", host),
            CREATE: Request("POST", create, host, body=who.new),
        }

    def _in_turns(self, ours: Request, floor: Request, concurrency: int) -> tuple[list[float], list[float]]:
        """Milliseconds of both; all of one operation, by turns."""
        spent: list[float] = []
        least: list[float] = []
        for _ in range(TURNS):
            for port, request, times in ((self.port, ours, spent), (self.floor_port, floor, least)):
                self._settle()
                times += timed(port, _stream(request), count=COUNT // TURNS, concurrency=concurrency)
        return spent, least

    def _answer(self, request: Request) -> Any:
        return answer_of(self.port if request.path.startswith("/api/") else self.floor_port, request)

    def _rows(self) -> list[int]:
        with bare.connect(self.field.superuser, self.schema) as connection:
            counts = ", ".join(f"(SELECT count(*) FROM {table})" for table in _WRITTEN)
            return list(connection.execute(f"SELECT {counts}").fetchone() or ())

    def _settle(self) -> None:
        """Wait until the background has done what creating left to it."""
        self.field.settle(_SLUG)


def _stream(request: Request) -> Callable[[], Iterator[Request]]:
    return lambda: itertools.repeat(request)


def _through(connection: psycopg.Connection, statement: str, given: dict[str, Any]) -> list[float]:
    """Milliseconds of the statement alone."""
    times = []
    for _ in range(COUNT):
        begun = time.perf_counter()
        connection.execute(statement, given).fetchone()
        times.append((time.perf_counter() - begun) * 1000)
    return times[20:]


class _Bare:
    """The bare application, served like the product: as many processes of uvicorn, as many threads."""

    def __init__(self, field: Field) -> None:
        self.environment = os.environ | {
            "BARE_DSN": field.superuser,
            "BARE_SCHEMA": field.schema_of(_SLUG),
            "WEB_THREADS": str(env.web_threads),
        }
        self.port = free_port()

    def __enter__(self) -> int:
        command = [sys.executable, "-m", "uvicorn", "infra.benchmarks.bare:application", "--port", str(self.port),
                   "--workers", str(env.web_processes), "--no-access-log", "--log-level", "warning"]  # fmt: skip
        self.process = subprocess.Popen(command, env=self.environment, cwd=ROOT)
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/list?who=1", timeout=2).close()
                return self.port
            except OSError:
                time.sleep(0.1)
        self.process.terminate()
        raise RuntimeError("the bare application does not answer")

    def __exit__(self, *told: object) -> None:
        self.process.terminate()
        self.process.wait(20)
