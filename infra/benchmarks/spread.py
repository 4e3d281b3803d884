"""A thousand companies behind one backend: requests spread over them as in life, first touches, memory.

One process with one thread, hence one database backend, meets every company: what is first and what is warm is then
certain, and no backend of a real installation has it harder. Spread is Zipf's: a few busy companies, a long tail.
Memory is looked at while owners walk through the pages of all companies, so that the backend outgrows its bound and is
recycled; unless that happens nothing is shown, so it is a figure with a goal of its own.
"""

import itertools
import random
import threading
from collections.abc import Iterable

import psycopg

from infra.benchmarks.figures import Figure, figure, percentile
from infra.benchmarks.load import Request, timed
from infra.benchmarks.thousand import COMPANIES, Thousand

COUNT, TURNS = 1200, 4
LIST = "tasks/?assignee={me}&ordering=due_at&limit=50"
# Pages that together read most tables of a company.
PAGES = (LIST, "me/", "employees/", "employees/{me}/history/", "departments/", "positions/", "roles/", "invitations/",
         "auth/sessions/")  # fmt: skip
WALKED = 600
_SAMPLE_SECONDS = 0.3
# A backend of the background comes nowhere near it: one that was over it and is gone has been recycled.
_HEAVY_MB = 200


def run() -> list[Figure]:
    """p95 over 1,000 warm companies (Zipf) to p95 over one; the first touch; a backend's memory and recycling."""
    # What is measured is a warm backend: it must not be recycled before it has met all companies.
    with Thousand(WEB_PROCESSES="1", WEB_THREADS="1", BACKEND_MEMORY_MB="2000") as field:
        reader = _Reader(field)
        # The process itself must be warm: the first company's first requests import and connect.
        timed(field.product.port, lambda: itertools.repeat(reader.page("c-1", LIST)), count=20)
        rest = field.slugs[1:]
        first = timed(field.product.port, lambda: (reader.page(slug, LIST) for slug in rest), count=len(rest), warm=0)
        alone, spread = _in_turns(field, reader)
    with Thousand(WEB_PROCESSES="1", WEB_THREADS="1") as field:
        memory, recycled = _walk(field, _Reader(field))
    return [
        figure(f"spread: список задач по {COMPANIES} компаний к одной, p95", percentile(spread, 0.95), "мс",
               floor=percentile(alone, 0.95), most=1.3),
        figure("spread: первое касание компании, p50", percentile(first, 0.5), "мс", most=60),
        figure("spread: первое касание компании, p95", percentile(first, 0.95), "мс", most=60),
        figure("spread: память процесса базы, наибольшая", memory, "МБ", most=400),
        figure("spread: процессов базы сменено при этом", recycled, "шт.", least=1),
    ]  # fmt: skip


class _Reader:
    """Requests of owners, one to a company."""

    def __init__(self, field: Thousand) -> None:
        self._port, self._owners = field.product.port, field.owners(field.slugs)

    def page(self, slug: str, path: str) -> Request:
        """`{me}` in the path is the owner's employee card."""
        owner = self._owners[slug]
        return Request(
            "GET", f"/api/v1/{path.format(me=owner['id'])}", f"{slug}.localhost:{self._port}", owner["token"]
        )


def _in_turns(field: Thousand, reader: _Reader) -> tuple[list[float], list[float]]:
    """Milliseconds of the list in one company and over all, by turns, so that the machine's mood meets both."""
    chance = random.Random(7)
    weights = [1 / rank for rank in range(1, COMPANIES + 1)]
    alone: list[float] = []
    spread: list[float] = []
    for _ in range(TURNS):
        chosen = chance.choices(field.slugs, weights, k=COUNT // TURNS)
        for slugs, times in (([field.slugs[0]] * len(chosen), alone), (chosen, spread)):
            requests = [reader.page(slug, LIST) for slug in slugs]
            times += timed(field.product.port, lambda asked=requests: iter(asked), count=len(requests), warm=0)  # type: ignore[misc]
    return alone, spread


def _walk(field: Thousand, reader: _Reader) -> tuple[float, int]:
    """The largest backend in megabytes while owners look at everything, and how many backends have been replaced."""
    slugs = field.slugs[:WALKED]
    pages: list[Request] = [reader.page(slug, path) for slug in slugs for path in PAGES]
    with _Watch(field) as watch:
        timed(field.product.port, lambda: iter(pages), count=len(pages), warm=0)
    return max(watch.peaks.values()), watch.recycled


class _Watch:
    """Looks at the product's backends a few times a second: private memory, which others do not share."""

    def __init__(self, field: Thousand) -> None:
        self._field, self._over = field, threading.Event()
        self.peaks: dict[int, float] = {}
        self._present: set[int] = set()

    def __enter__(self) -> "_Watch":
        self._thread = threading.Thread(target=self._look)
        self._thread.start()
        return self

    def __exit__(self, *told: object) -> None:
        self._over.set()
        self._thread.join()

    @property
    def recycled(self) -> int:
        """How many backends had grown heavy and are gone."""
        return sum(1 for pid, peak in self.peaks.items() if peak > _HEAVY_MB and pid not in self._present)

    def _look(self) -> None:
        with self._field.database() as connection:
            while not self._over.wait(_SAMPLE_SECONDS):
                self._present = set(_backends(connection))
                for pid in self._present:
                    self.peaks[pid] = max(self.peaks.get(pid, 0.0), _private(pid))


def _backends(connection: psycopg.Connection) -> Iterable[int]:
    found = connection.execute("SELECT pid FROM pg_stat_activity WHERE usename = 'pult_app'")
    return [pid for (pid,) in found.fetchall()]


def _private(pid: int) -> float:
    try:
        with open(f"/proc/{pid}/smaps_rollup") as file:
            lines = [line.split() for line in file if line.startswith(("Private_Dirty", "Private_Clean"))]
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return sum(int(line[1]) for line in lines) / 1024
