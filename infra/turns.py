"""Companies take turns at the threads that answer requests: one that asks much waits for itself, not for the others.

Each process has so many threads. A host holds at most three quarters of them, so another finds one free at once; a
thread that becomes free goes to the host that has waited longest for a turn, not to the request that has. What a host
has waiting is bounded, and what is more is told to slow down.
"""

import asyncio
import json
from collections import Counter, OrderedDict, deque
from collections.abc import Awaitable, Callable
from typing import Any

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

MOST_WAITING = 100
# What watches us must be answered while we are busiest.
_ASIDE = ("/healthz", "/readyz", "/metrics")
_TITLE = "Слишком много запросов сразу. Подождите секунду и повторите"


class Turns:
    """Lets at most `slots` requests into `app` at once, and of one host at most three quarters of them."""

    def __init__(self, app: Callable[..., Awaitable[None]], *, slots: int, most_waiting: int = MOST_WAITING) -> None:
        self._app, self._free, self._most_waiting = app, slots, most_waiting
        self.share = max(slots * 3 // 4, 1)
        self._busy: Counter[str] = Counter()
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["path"] in _ASIDE:
            await self._app(scope, receive, send)
            return
        host = _host(scope)
        if len(self._waiting.get(host, ())) >= self._most_waiting:
            await _refuse(send)
            return
        await self._turn(host)
        try:
            await self._app(scope, receive, send)
        finally:
            self._leave(host)

    async def _turn(self, host: str) -> None:
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(host, deque()).append(turn)
        self._hand_out()
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._leave(host)
            raise

    def _leave(self, host: str) -> None:
        self._free += 1
        self._busy[host] -= 1
        if not self._busy[host]:
            del self._busy[host]
        self._hand_out()

    def _hand_out(self) -> None:
        """Give free slots to hosts in the order in which they have had none for longest."""
        while self._free and (host := self._next()) is not None:
            turn = self._waiting[host].popleft()
            if self._waiting[host]:
                self._waiting.move_to_end(host)
            else:
                del self._waiting[host]
            if not turn.done():
                self._free -= 1
                self._busy[host] += 1
                turn.set_result(None)

    def _next(self) -> str | None:
        return next((host for host in self._waiting if self._busy[host] < self.share), None)


def _host(scope: Message) -> str:
    return next((value.decode("latin-1").lower() for name, value in scope["headers"] if name == b"host"), "")


async def _refuse(send: Send) -> None:
    told = {"type": "/problems/slow-down", "title": _TITLE, "status": 429, "detail": _TITLE, "retry_after": 1}
    body = json.dumps(told, ensure_ascii=False).encode()
    headers = [
        (b"content-type", b"application/problem+json"),
        (b"retry-after", b"1"),
        (b"content-length", str(len(body)).encode()),
    ]
    await send({"type": "http.response.start", "status": 429, "headers": headers})
    await send({"type": "http.response.body", "body": body})
