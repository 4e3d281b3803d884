"""Requests over kept connections, timed one by one."""

import http.client
import itertools
import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    host: str
    token: str = ""
    body: Any = None

    def headers(self) -> dict[str, str]:
        told = {"Host": self.host, "Content-Type": "application/json"}
        return told | ({"Authorization": f"Bearer {self.token}"} if self.token else {})


def timed(port: int, requests: Callable[[], Iterator[Request]], *, count: int, concurrency: int = 1,
          warm: int = 20) -> list[float]:  # fmt: skip
    """Milliseconds of `count` requests by `concurrency` callers, each on one kept connection; any refusal raises."""
    times: list[float] = []
    faults: list[str] = []
    share = max(count // concurrency, 1)
    start = threading.Barrier(concurrency)

    def caller() -> None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        stream = requests()
        for request in itertools.islice(stream, warm):
            _one(line, request)
        start.wait(timeout=120)
        own = [_one(line, request) for request in itertools.islice(stream, share)]
        times.extend(own)
        line.close()

    def guarded() -> None:
        try:
            caller()
        except Exception as fault:
            faults.append(f"{type(fault).__name__}: {fault}")
            start.abort()

    threads = [threading.Thread(target=guarded) for _ in range(concurrency)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise RuntimeError(faults[0])
    return times


def answer_of(port: int, request: Request) -> Any:
    """JSON of one request; a refusal raises."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        return json.loads(_asked(line, request))
    finally:
        line.close()


def _one(line: http.client.HTTPConnection, request: Request) -> float:
    begun = time.perf_counter()
    _asked(line, request)
    return (time.perf_counter() - begun) * 1000


def _asked(line: http.client.HTTPConnection, request: Request) -> bytes:
    body = json.dumps(request.body).encode() if request.body is not None else None
    line.request(request.method, request.path, body, request.headers())
    answer = line.getresponse()
    told = answer.read()
    if answer.status >= 300:
        raise RuntimeError(f"{request.method} {request.path} answered {answer.status}: {told[:300]!r}")
    return told
