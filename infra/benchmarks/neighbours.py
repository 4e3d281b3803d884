"""One company misbehaves in the six ways of TRUST.md 2.5, another works on: its p95 beside that of quiet minutes.

The neighbour opens its list and a card, writes a comment and looks again, as a person does: one request, a pause, the
next. Quiet and noise take turns, so that whatever else the machine does is on both sides.
"""

import contextlib
import http.client
import itertools
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
_TASKS, _OWN, _REQUESTS = 100_000, 2_000, 120
_PAUSE, _RATE, _LETTERS = 0.03, 50, 5_000
_BYTES, _BLOCK = 1024**3 - 1024**2, 1024 * 1024
# What no index can help with, in each of the ways in which people can ask.
_HARD = (".*.*.*.*x", "(а|а)*$", "%%%%", "____", "а а а а а а а а а а", "\\w+\\d+\\s*" * 8)


def run() -> list[Figure]:
    """The neighbour's p95 in each way, as a ratio to quiet."""
    with Field("neighbours") as field:
        sessions = {slug: _company(field, slug) for slug in (_NOISY, _QUIET)}
        field.manage("fill_company", _NOISY, "--employees", "200", "--tasks", str(_TASKS))
        field.manage("fill_company", _QUIET, "--employees", "50", "--tasks", str(_OWN))
        noisy, quiet = sessions[_NOISY], sessions[_QUIET]
        _worked(quiet, 30)
        return [_measured(name, quiet, partial(way, noisy)) for name, way in _WAYS.items()]


def _measured(name: str, quiet: Session, begin: Callable[[], Any]) -> Figure:
    before = _worked(quiet, _REQUESTS)
    with begin():
        during = _worked(quiet, _REQUESTS)
    after = _worked(quiet, _REQUESTS)
    print(f"  {name}: {percentile(before + after, 0.95):.0f} → {percentile(during, 0.95):.0f} мс", flush=True)
    return figure(
        f"neighbours: {name}, p95 соседа", percentile(during, 0.95), "мс", floor=percentile(before + after, 0.95),
        most=MOST,
    )  # fmt: skip


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
def _busy(deed: Callable[[], None], *, hands: int = 1, pause: float = 0.0) -> Iterator[None]:
    """A deed done again and again by so many hands meanwhile; what it is refused is its own matter."""
    stop = threading.Event()

    def work() -> None:
        while not stop.wait(pause):
            with contextlib.suppress(OSError, http.client.HTTPException):
                deed()

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
    return _busy(lambda: noisy.call("POST", "exports/", body) and None, hands=3, pause=0.2)


def _requests(noisy: Session) -> Any:
    hands = 25
    return _busy(lambda: noisy.call("GET", "tasks/?limit=50") and None, hands=hands, pause=hands / _RATE)


def _letters(noisy: Session) -> Any:
    numbers = itertools.count(1)

    def invite() -> None:
        emails = [f"kto{next(numbers)}@example.org" for _ in range(50)]
        if int(emails[0].partition("@")[0][3:]) <= _LETTERS:
            noisy.call("POST", "invitations/", {"emails": emails})

    return _busy(invite, pause=0.05)


def _searches(noisy: Session) -> Any:
    texts = itertools.cycle(_HARD)
    return _busy(lambda: noisy.call("GET", f"search/?q={quote(next(texts))}") and None, hands=10)


def _upload(noisy: Session) -> Any:
    _, found = noisy.call("GET", "tasks/?limit=1")
    card = found["results"][0]["id"]

    def send() -> None:
        body = {"name": "большой.bin", "size": _BYTES, "content_type": "application/octet-stream"}
        status, told = noisy.call("POST", f"tasks/{card}/attachments/", body)
        if status != 201:
            raise RuntimeError(told)
        _put(told["upload"])

    return _busy(send)


def _put(ticket: dict[str, Any]) -> None:
    parts = urlsplit(ticket["url"])
    line = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=300)
    blocks = (bytes(_BLOCK) for _ in range(_BYTES // _BLOCK))
    line.request("PUT", f"{parts.path}?{parts.query}", blocks, ticket["headers"] | {"Content-Length": str(_BYTES)})
    line.getresponse().read()
    line.close()


@contextlib.contextmanager
def _import(noisy: Session) -> Iterator[None]:
    """Cards made and taken back, over and over."""
    content = workbook(names(noisy))

    def once() -> None:
        number = bring(noisy, content)
        for deed, state in (("check/", "checked"), ("run/", "done")):
            noisy.call("POST", f"imports/{number}/{deed}", {"leave_bad": True} if deed == "run/" else {})
            _wait(noisy, number, state)

    with _busy(once):
        yield


def _wait(who: Session, number: int, state: str) -> None:
    for _ in range(600):
        _, told = who.call("GET", f"imports/{number}/")
        if told["state"] in (state, "failed"):
            return
        time.sleep(0.2)


_WAYS: dict[str, Callable[[Session], Any]] = {
    f"выгрузки по {_TASKS // 1000} 000 строк": _exports,
    f"{_RATE} запросов в секунду": _requests,
    f"{_LETTERS} писем": _letters,
    "тяжёлый поиск": _searches,
    "загрузка 1 ГБ": _upload,
    f"импорт {ROWS // 1000} 000 задач": _import,
}
