"""The search among 1,000,000 tasks: the first ten, by the owner and by an employee who sees one task in a hundred.

Words are met in every frequency (`modules/tasks/fill.py`). Each question stands beside the floor: one statement that
finds the newest ten with the same word and hands on their JSON, with nobody's rights, or with the one part of the
employee's. The company is made once and kept under `.cache/bench` until the code that makes its documents changes.
"""

import hashlib
import itertools
import shutil
import time
from collections.abc import Iterator
from functools import partial
from typing import Any
from urllib.parse import quote

import psycopg

from infra.benchmarks import bare
from infra.benchmarks.field import Field
from infra.benchmarks.figures import Figure, figure, percentile
from infra.benchmarks.load import Request, answer_of, timed
from infra.env import ROOT

TASKS, EMPLOYEES = 1_000_000, 200
COUNT, FLOOR_COUNT = 40, 20
GOAL_MS = 200
_LONGEST_SECONDS = 900
SLUG, _WORKER, _PASSWORD = "search", "worker@search.example", "dlinnyy-parol-2"
_MADE_BY = ("core/search/rules.py", "core/search/queries.py", "core/search/indexing.py", "modules/tasks/fill.py")
# What is asked: its name, the words, the query that the floor is given.
QUESTIONS = (
    ("редкое слово", "магадан ", "'^магада' & '@tasks.task'"),
    ("частое слово", "договор ", "'^договор' & '@tasks.task'"),
    ("два частых слова", "договор ромашка ", "'^договор' & '^ромашк' & '@tasks.task'"),
    ("частое и редкое", "договор магадан ", "'^договор' & '^магада' & '@tasks.task'"),
    ("два слова, которых вместе нет", "договор смета ", "'договор' & 'смет' & '@tasks.task'"),
    ("начало слова", "пр", "'^пр':* & '@tasks.task'"),
    ("номер", "З-500000", "'#з500000' & '@tasks.task'"),
)
_FOUND = """
SELECT coalesce(json_agg(json_build_object('id', e.id, 'number', e.number, 'title', e.title)), '[]')::text
FROM (SELECT d.entity_id FROM search_document d {narrowed} WHERE d.words @@ %(query)s::tsquery
      ORDER BY d.entity_id DESC LIMIT 10) AS found
JOIN entities_entity e ON e.id = found.entity_id
"""
_OWNER = _FOUND.format(narrowed="")
_EMPLOYEE = _FOUND.format(
    narrowed="JOIN (SELECT DISTINCT p.entity_id FROM entities_participant p JOIN organization_employee w"
    " ON w.principal_id = p.principal_id WHERE w.entity_ptr_id = %(me)s) AS mine USING (entity_id)"
)


def run() -> list[Figure]:
    """p95 of each question beside its goal, p50 beside the floor, for both viewers."""
    with Million() as field:
        owner = field.owner_token()
        worker, me = field.worker()
        with bare.connect(field.superuser, field.schema_of(SLUG)) as connection:
            return [
                *_figures(field, connection, "владелец", owner, _OWNER, me),
                *_figures(field, connection, "видит 1 %", worker, _EMPLOYEE, me),
            ]


class Million(Field):
    """A running product with one company of `TASKS` tasks, all of which can be found."""

    def __init__(self) -> None:
        super().__init__("search", keep=True)
        self.mark = self.product.folder / "made-by"

    def __enter__(self) -> "Million":
        if self.mark.exists() and self.mark.read_text() != _code():
            shutil.rmtree(self.data)
        super().__enter__()
        try:
            if not self._is_usable():
                self._make()
        except BaseException:
            self.product.stop()
            raise
        return self

    def owner_token(self) -> str:
        status, told = self._sign_in(f"owner@{SLUG}.example", "dlinnyy-parol-1")
        return told["token"] if status == 201 else _refused(told)

    def owner_card(self) -> int:
        """The owner's employee card."""
        return self.product.call("GET", "me/", slug=SLUG, token=self.owner_token())[1]["id"]

    def worker(self) -> tuple[str, int]:
        """(token, employee card) of somebody who sees what he takes part in."""
        status, told = self._sign_in(_WORKER, _PASSWORD)
        if status != 201:
            _refused(told)
        return told["token"], self.product.call("GET", "me/", slug=SLUG, token=told["token"])[1]["id"]

    def _sign_in(self, email: str, password: str) -> tuple[int, Any]:
        session = self.product.sign_in(SLUG, email, password)
        return session.call("POST", "auth/tokens/", {"name": "bench", "days": 1, "password": password})

    def _is_usable(self) -> bool:
        with self.database() as connection:
            standing = "SELECT count(*) FROM tenants_company WHERE slug = %s AND status = 'active'"
            if connection.execute(standing, [SLUG]).fetchone() != (1,):
                return False
        return self._is_read()

    def _make(self) -> None:
        print(f"  делаю компанию с {TASKS} задач: минуты и гигабайты, на следующий раз останется", flush=True)
        self.product.stop()
        shutil.rmtree(self.data)
        self.product.start()
        made = self.product.sign_up(SLUG)
        self.product.colleague(SLUG, made["token"], _WORKER)
        self.manage("fill_company", SLUG, "--tasks", str(TASKS), "--employees", str(EMPLOYEES))
        begun = time.monotonic()
        while not self._is_read():
            if time.monotonic() - begun > _LONGEST_SECONDS:
                raise RuntimeError("the cards are not read for the search")
            time.sleep(2)
        with self.database() as connection:
            connection.execute("VACUUM ANALYZE")
        self.mark.write_text(_code())

    def _is_read(self) -> bool:
        """Whether all tasks are there and each card can be found."""
        counts = "SELECT (SELECT count(*) FROM search_document), (SELECT count(*) FROM entities_entity)"
        with bare.connect(self.superuser, self.schema_of(SLUG)) as connection:
            found, cards = connection.execute(counts).fetchone() or (0, 0)
            return found == cards > TASKS


def _figures(
    field: Field, connection: psycopg.Connection, who: str, token: str, statement: str, me: int
) -> Iterator[Figure]:
    host = f"{SLUG}.localhost:{field.product.port}"
    for name, words, query in QUESTIONS:
        request = Request("GET", f"/api/v1/search/?q={quote(words)}&limit=10", host, token)
        given = {"query": query, "me": me}
        _must_agree(f"{who}, {name}", answer_of(field.product.port, request), connection, statement, given)
        spent = timed(field.product.port, partial(itertools.repeat, request), count=COUNT, warm=5)
        least = [_timed(connection, statement, given) for _ in range(FLOOR_COUNT)][5:]
        title = f"search: {who}, {name}"
        yield figure(f"{title}, p95", percentile(spent, 0.95), "мс", most=GOAL_MS)
        yield figure(f"{title}, p50", percentile(spent, 0.5), "мс", floor=percentile(least, 0.5))


def _must_agree(name: str, ours: Any, connection: psycopg.Connection, statement: str, given: dict[str, Any]) -> None:
    """RuntimeError unless the product and the floor find the same tasks; people may be found beside them."""
    (floor,) = connection.execute(statement.replace("::text", ""), given).fetchone() or ([],)
    found = [hit["card"]["number"] for hit in ours["results"] if hit["card"]["ref"].startswith("tasks.")]
    # A title comes before a text, so that only as many can be compared as both have.
    if found[:10] != [row["number"] for row in floor][: len(found)]:
        raise RuntimeError(f"{name}: the product finds {found}, the floor {[row['number'] for row in floor]}")


def _timed(connection: psycopg.Connection, statement: str, given: dict[str, Any]) -> float:
    begun = time.perf_counter()
    connection.execute(statement, given).fetchone()
    return (time.perf_counter() - begun) * 1000


def _code() -> str:
    """Names the code that makes what is searched."""
    return hashlib.sha256(b"".join((ROOT / name).read_bytes() for name in _MADE_BY)).hexdigest()


def _refused(told: Any) -> Any:
    raise RuntimeError(told)
