"""One company misbehaves in the six ways of TRUST.md 2.5, another works on: its p95 beside that of quiet minutes.

The neighbour opens its list and a card, writes a comment and looks again, as a person does: one request, a pause, the
next. Quiet and noise take turns, so that whatever else the machine does is on both sides; what a way has left in the
queue is thrown away before the next quiet begins. Some three minutes; `NEIGHBOURS_TASKS` makes the noisy one smaller.
"""

import contextlib
import http.client
import itertools
import os
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from urllib.parse import quote, urlsplit

from infra.benchmarks.field import Field
from infra.benchmarks.figures import Figure, figure, percentile
from infra.benchmarks.imports import ROWS, bring, names, workbook
from infra.launch.product import Session

MOST = 1.5
_NOISY, _QUIET = "noisy", "quiet"
_PASSWORD = "dlinnyy-parol-1"
_TASKS, _OWN, _REQUESTS = int(os.environ.get("NEIGHBOURS_TASKS", "100000")), 2_000, 80
_PAUSE, _RATE, _LETTERS = 0.03, 50, 5_000
_LONGEST_TAIL = 30.0
_BYTES, _BLOCK = 1024**3 - 1024**2, 1024 * 1024
# What no index can help with, in each of the ways in which people can ask.
_HARD = (".*.*.*.*x", "(а|а)*$", "%%%%", "____", "а а а а а а а а а а", "\\w+\\d+\\s*" * 8)


def run() -> list[Figure]:
    """The neighbour's p95 in each way, as a ratio to quiet."""
    # Budgets are on, as where companies live: part of what is measured.
    with Field("neighbours", REQUESTS_PER_SECOND="200") as field:
        sessions = {slug: _company(field, slug) for slug in (_NOISY, _QUIET)}
        field.manage("fill_company", _NOISY, "--employees", "200", "--tasks", str(_TASKS))
        field.manage("fill_company", _QUIET, "--employees", "50", "--tasks", str(_OWN))
        noisy, quiet = sessions[_NOISY], sessions[_QUIET]
        _worked(quiet, 30)
        hush = partial(_hush, field, field.schema_of(_NOISY))
        before, found = _worked(quiet, _REQUESTS // 2), []
        for name, way in _WAYS.items():
            with way(noisy):
                during = _worked(quiet, _REQUESTS)
            hush()
            after = _worked(quiet, _REQUESTS // 2)
            found.append(_told(name, before + after, during))
            before = after
        return found


def _told(name: str, silence: list[float], noise: list[float]) -> Figure:
    calm, loud = percentile(silence, 0.95), percentile(noise, 0.95)
    middle = f"середина {percentile(silence, 0.5):.0f} → {percentile(noise, 0.5):.0f}"
    print(f"  {name}: p95 {calm:.0f} → {loud:.0f} мс, {loud / calm:.2f}×; {middle}", flush=True)
    return figure(f"neighbours: {name}, p95 соседа", loud, "мс", floor=calm, most=MOST)


def _hush(field: Field, schema: str) -> None:
    """What the noisy one has asked for and nobody has begun is forgotten; what is in hand is waited for."""
    until = time.monotonic() + _LONGEST_TAIL
    with field.database() as connection:
        while time.monotonic() < until:
            connection.execute("DELETE FROM outbox WHERE company = %s AND worker IS NULL", [schema])
            held = connection.execute("SELECT count(*) FROM outbox WHERE company = %s", [schema]).fetchone()
            if held == (0,):
                return
            time.sleep(0.3)
    print(f"  работа соседа не кончилась за {_LONGEST_TAIL:.0f} с", flush=True)


def _company(field: Field, slug: str) -> Session:
    return field.product.sign_in(slug, field.product.sign_up(slug)["email"], _PASSWORD)


def _worked(who: Session, count: int) -> list[float]:
    """Milliseconds of each request of somebody who works; any refusal raises."""
    _, found = who.call("GET", "tasks/?limit=50")
    card = found["results"][0]["id"]
    steps = itertools.cycle(
        [
            ("GET", "tasks/?limit=50", None),
            ("GET", f"tasks/{card}/", None),
            ("POST", f"tasks/{card}/comments/", {"text": "Смотрю"}),
            ("GET", "me/", None),
        ]
    )
    times = []
    for method, path, body in itertools.islice(steps, count):
        begun = time.perf_counter()
        status, told = who.call(method, path, body)
        times.append((time.perf_counter() - begun) * 1000)
        if status >= 300:
            raise RuntimeError(f"{method} {path}: {status} {told}")
        time.sleep(_PAUSE)
    return times


# -- the six ways -------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def _busy(deed: Callable[[threading.Event], Any], *, hands: int = 1, pause: float = 0.0) -> Iterator[None]:
    """A deed done again and again by so many hands meanwhile; what it is refused is its own matter.

    It is given what says that it is enough, so that a long one ends with the noise.
    """
    stop = threading.Event()

    def work() -> None:
        while not stop.wait(pause):
            with contextlib.suppress(OSError, http.client.HTTPException):
                deed(stop)

    threads = [threading.Thread(target=work, daemon=True) for _ in range(hands)]
    for thread in threads:
        thread.start()
    time.sleep(1)
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(timeout=120)


def _exports(noisy: Session) -> Any:
    body = {"kind": "tasks.task", "format": "xlsx", "columns": [], "query": ""}
    return _busy(lambda _: noisy.call("POST", "exports/", body), hands=3, pause=0.2)


def _requests(noisy: Session) -> Any:
    hands = 25
    return _busy(lambda _: noisy.call("GET", "tasks/?limit=50"), hands=hands, pause=hands / _RATE)


def _letters(noisy: Session) -> Any:
    numbers = itertools.count(1)

    def invite(_: threading.Event) -> None:
        emails = [f"kto{next(numbers)}@example.org" for _ in range(50)]
        if int(emails[0].partition("@")[0][3:]) <= _LETTERS:
            noisy.call("POST", "invitations/", {"emails": emails})

    return _busy(invite, pause=0.05)


def _searches(noisy: Session) -> Any:
    texts = itertools.cycle(_HARD)
    return _busy(lambda _: noisy.call("GET", f"search/?q={quote(next(texts))}"), hands=10)


def _upload(noisy: Session) -> Any:
    _, found = noisy.call("GET", "tasks/?limit=1")
    card = found["results"][0]["id"]

    def send(stop: threading.Event) -> None:
        body = {"name": "большой.bin", "size": _BYTES, "content_type": "application/octet-stream"}
        status, told = noisy.call("POST", f"tasks/{card}/attachments/", body)
        if status != 201:
            raise RuntimeError(told)
        _put(told["upload"], stop)

    return _busy(send)


def _put(ticket: dict[str, Any], stop: threading.Event) -> None:
    parts = urlsplit(ticket["url"])
    line = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=300)
    try:
        line.request(
            "PUT", f"{parts.path}?{parts.query}", _blocks(stop), ticket["headers"] | {"Content-Length": str(_BYTES)}
        )
        line.getresponse().read()
    finally:
        line.close()


def _blocks(stop: threading.Event) -> Iterator[bytes]:
    for _ in range(_BYTES // _BLOCK):
        if stop.is_set():
            raise OSError("enough")
        yield bytes(_BLOCK)


def _import(noisy: Session) -> Any:
    """A file checked and its cards made, over and over."""
    content = workbook(names(noisy))

    def once(stop: threading.Event) -> None:
        number = bring(noisy, content)
        for deed, state in (("check/", "checked"), ("run/", "done")):
            noisy.call("POST", f"imports/{number}/{deed}", {"leave_bad": True} if deed == "run/" else {})
            _wait(noisy, number, state, stop)

    return _busy(once)


def _wait(who: Session, number: int, state: str, stop: threading.Event) -> None:
    while not stop.wait(0.2):
        _, told = who.call("GET", f"imports/{number}/")
        if told.get("state") in (state, "failed"):
            return


_WAYS: dict[str, Callable[[Session], Any]] = {
    f"выгрузки по {_TASKS // 1000} 000 строк": _exports,
    f"{_RATE} запросов в секунду": _requests,
    f"{_LETTERS} писем": _letters,
    "тяжёлый поиск": _searches,
    "загрузка 1 ГБ": _upload,
    f"импорт {ROWS // 1000} 000 задач": _import,
}
