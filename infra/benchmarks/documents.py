"""Documents among 100,000: sent along a route, decided about, listed by stage and holder, reported, printed.

Each stands beside its floor: one statement through psycopg that writes the same rows (their numbers are compared) or
hands on the same figures, with nobody's rights; for a print, the process that fills templates, without the server
around it.
"""

import base64
import itertools
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote

import psycopg

from core.templates.frames import DOCX, PDF
from core.templates.making import Order, make
from infra.benchmarks import bare
from infra.benchmarks.field import Field
from infra.benchmarks.figures import Figure, figure, percentile
from infra.benchmarks.load import Request, answer_of, timed
from infra.benchmarks.prints import contract, pages_of
from infra.benchmarks.routed import DECIDE, HELD, NEWEST, REPORT, START, WRITTEN

DOCUMENTS, EMPLOYEES = 100_000, 200
COUNT, WARM, FLOOR_COUNT, READ, PRINTED = 120, 10, 40, 30, 3
GOAL_MS, LEAST_PAGES, MOST_PRINT_SECONDS = 300, 30, 6.0
_LONGEST_SECONDS = 900
_SLUG = "bench"
_PASSWORD = "dlinnyy-parol-2"
_TEXT = (
    "Поставщик {{ контрагент }} обязуется передать товар до {{ действует до | дата словами }} "
    "на {{ сумма | прописью }}, с чем покупатель согласен. "
)
_TERMS = {"correspondent": "ООО «Ромашка»", "amount": "123000.00", "valid_until": "2030-01-31"}


def run() -> list[Figure]:
    with Field("documents") as field:
        bench = _Bench(field)
        return [*bench.routes(), *bench.reads(), *bench.print()]


@dataclass(frozen=True)
class _Read:
    """A question to the product with its floor, where one statement answers the same; `shown` is what both have."""

    name: str
    path: str
    floor: str = ""
    shown: Callable[[Any], Any] = lambda answer: [row["id"] for row in answer]


class _Bench:
    """A company with documents; «owner» writes and sends, «worker» decides."""

    def __init__(self, field: Field) -> None:
        self.field, self.port = field, field.product.port
        self.owner = field.product.sign_up(_SLUG)["token"]
        session = field.product.colleague(_SLUG, self.owner, "worker@bench.example")
        form = {"name": "bench", "days": 1, "password": _PASSWORD}
        self.worker = session.call("POST", "auth/tokens/", form)[1]["token"]
        self.decider = session.call("GET", "me/")[1]["id"]
        field.manage("fill_company", _SLUG, "--documents", str(DOCUMENTS), "--employees", str(EMPLOYEES))
        # Every card is read for the search.
        field.settle(_SLUG, seconds=_LONGEST_SECONDS)
        with field.database() as connection:
            connection.execute("VACUUM ANALYZE")

    def routes(self) -> Iterator[Figure]:
        """Sending and deciding, each document once; then the same rows by one statement, on documents of their own."""
        ours, least = self._drafts(WARM + COUNT), self._drafts(1 + FLOOR_COUNT)
        with bare.connect(self.field.superuser, self.field.schema_of(_SLUG)) as connection:
            sends = [self._ask("POST", f"documents/{pk}/do/send/", {}) for pk in ours]
            given = _of_start(connection, least)
            yield from self._beside("маршрут: отправить", connection, sends, START, given)
            decides = _decisions(connection, ours)
            asked = [self._ask("POST", path, body, self.worker) for path, body in decides]
            yield from self._beside("маршрут: решить", connection, asked, DECIDE, [{"card": pk} for pk in least])
        # So that the lists have somebody to wait for.
        for pk in self._drafts(COUNT):
            answer_of(self.port, self._ask("POST", f"documents/{pk}/do/send/", {}))
        self.field.settle(_SLUG)

    def reads(self) -> Iterator[Figure]:
        """The list, its figures and the report, as the owner asks who sees them all."""
        held = f"documents/?tab=all&holder={self.decider}&limit=50"
        with bare.connect(self.field.superuser, self.field.schema_of(_SLUG)) as connection:
            for asked in (
                _Read("список", "documents/?tab=all&ordering=-created_at&limit=50", NEWEST),
                _Read("список у того, кто решает", f"{held}&ordering=-created_at", HELD),
                _Read("онлайн-отчёт", "documents/report/", REPORT, _total),
                _Read("список по части корреспондента", f"documents/?tab=all&correspondent={quote('евер')}&limit=50"),
                _Read("итоги по виду", "documents/summary/?tab=all&group=type"),
                _Read("итоги по этапу", "documents/summary/?tab=all&status=on_route&group=stage"),
                _Read("итоги по тому, кто решает", "documents/summary/?tab=all&status=on_route&group=holder"),
            ):
                yield from self._read(connection, asked)

    def print(self) -> Iterator[Figure]:
        """A contract of thirty pages: through the server, beside the process alone."""
        content = contract(_TEXT)
        form = {"kind": "documents.document", "card_type": "contract", "title": "Договор", "file_name": "договор.docx"}
        told = self._ask("POST", "print-templates/", form | {"content": base64.b64encode(content).decode()})
        template = answer_of(self.port, told)["id"]
        body = {"title": "Договор поставки", "card_type": "contract", **_TERMS}
        card = answer_of(self.port, self._ask("POST", "documents/", body))["id"]
        asked = self._ask("GET", f"print-templates/{template}/print/{card}/?as=pdf")
        spent = min(timed(self.port, partial(itertools.repeat, asked), count=PRINTED, warm=1)) / 1000
        order = Order(DOCX, content, [], _scope(), PDF, 0)
        alone = [_seconds(lambda: make(order)) for _ in range(PRINTED)]
        yield figure("documents: договор через сервер", spent, "с", floor=min(alone))
        yield figure("documents: договор через сервер, всего", spent, "с", most=MOST_PRINT_SECONDS)
        yield figure("documents: страниц в договоре", pages_of(make(order).content), "стр.", least=LEAST_PAGES)

    def _beside(
        self, name: str, connection: psycopg.Connection, ours: Sequence[Request], floor: str, given: Sequence[Any]
    ) -> Iterator[Figure]:
        self.field.settle(_SLUG)
        before = _rows(connection)
        answer_of(self.port, ours[0])
        between = _rows(connection)
        connection.execute(floor, given[0])
        after = _rows(connection)
        pairs = ((before, between), (between, after))
        written = [[two - one for one, two in zip(*pair, strict=True)] for pair in pairs]
        if written[0] != written[1]:
            raise RuntimeError(f"{name}: {WRITTEN}: the product writes {written[0]} rows, the floor {written[1]}")
        spent = timed(self.port, lambda: iter(ours[1:]), count=COUNT, warm=WARM - 1)
        self.field.settle(_SLUG)
        least = [_seconds(partial(connection.execute, floor, one)) * 1000 for one in given[1:]]
        yield figure(f"documents: {name}, p50", percentile(spent, 0.5), "мс", floor=percentile(least, 0.5))
        yield figure(f"documents: {name}, p95", percentile(spent, 0.95), "мс", most=GOAL_MS)

    def _read(self, connection: psycopg.Connection, asked: _Read) -> Iterator[Figure]:
        request = self._ask("GET", asked.path)
        answer = answer_of(self.port, request)
        spent = timed(self.port, partial(itertools.repeat, request), count=READ, warm=5)
        yield figure(f"documents: {asked.name}, p95", percentile(spent, 0.95), "мс", most=GOAL_MS)
        if not asked.floor:
            return
        given = {"holder": self.decider}
        (floor,) = connection.execute(asked.floor, given).fetchone() or (None,)
        shown, least = asked.shown(answer.get("results", answer)), asked.shown(json.loads(floor or "[]"))
        if shown != least:
            raise RuntimeError(f"{asked.name}: the product shows {str(shown)[:300]}, the floor {str(least)[:300]}")
        times = [_seconds(partial(connection.execute, asked.floor, given)) * 1000 for _ in range(FLOOR_COUNT)][5:]
        yield figure(f"documents: {asked.name}, p50", percentile(spent, 0.5), "мс", floor=percentile(times, 0.5))

    def _drafts(self, count: int) -> list[int]:
        body = {"title": "О закупке", "card_type": "memo", "addressee": self.decider, "content": "Прошу согласовать"}
        return [answer_of(self.port, self._ask("POST", "documents/", body))["id"] for _ in range(count)]

    def _ask(self, method: str, path: str, body: Any = None, token: str = "") -> Request:
        return Request(method, f"/api/v1/{path}", f"{_SLUG}.localhost:{self.port}", token or self.owner, body)


def _of_start(connection: psycopg.Connection, cards: Sequence[int]) -> list[dict[str, Any]]:
    """What the floor is given of each card: the version of the route along which such cards go."""
    found = connection.execute(
        "SELECT v.id FROM routes_routeversion v JOIN routes_route r ON r.id = v.route_id"
        " WHERE r.kind = 'documents.document' AND r.card_type = 'memo' ORDER BY v.number DESC LIMIT 1"
    ).fetchone()
    told = json.dumps({"title": "О закупке", "content": "Прошу согласовать", "amount": None, "files": []})
    return [{"card": pk, "version": found[0], "told": told} for pk in cards]  # type: ignore[index]


def _decisions(connection: psycopg.Connection, cards: Sequence[int]) -> list[tuple[str, dict[str, Any]]]:
    """Where each of the cards is decided upon, and what is sent there."""
    rows = connection.execute(
        "SELECT s.id, c.hash FROM routes_step s JOIN routes_passing p ON p.id = s.passing_id"
        " JOIN routes_run r ON r.id = p.run_id JOIN routes_content c ON c.id = r.content_id"
        " WHERE r.entity_id = ANY(%s) AND s.state = 'open' ORDER BY s.id",
        [list(cards)],
    ).fetchall()
    return [(f"route-steps/{step}/decide/", {"verdict": "approve", "seen": seen}) for step, seen in rows]


def _rows(connection: psycopg.Connection) -> list[int]:
    counts = ", ".join(f"(SELECT count(*) FROM {table})" for table in WRITTEN)
    return list(connection.execute(f"SELECT {counts}").fetchone() or ())


def _total(answer: Any) -> list[tuple[int, int]]:
    """How many documents there are and how many of them late, of our report and of the floor's rows."""
    lines = answer["types"] if isinstance(answer, dict) else answer
    return [(sum(line.get("total", line.get("count", 0)) for line in lines), sum(line["late"] for line in lines))]


def _scope() -> dict[str, Any]:
    sorts = {"контрагент": ("text", _TERMS["correspondent"]), "действует до": ("day", _TERMS["valid_until"]),
             "сумма": ("money", _TERMS["amount"])}  # fmt: skip
    return {"values": {name: {"sort": sort, "value": value} for name, (sort, value) in sorts.items()}}


def _seconds(deed: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    deed()
    return time.perf_counter() - begun
