"""Companies take turns at the threads that answer requests: one that asks much waits for itself, not for the others.

Each process has so many threads. A host holds at most three quarters of them, so another finds one free at once; a
thread that becomes free goes to the host that has waited longest for a turn, not to the request that has. What a host
has waiting is bounded, and what is more is told to slow down.

A host is counted by its name, however it is written: whoever asks sets port, case and the dot at the end as he likes.
All names of one company (`whose`) are one host here, and so are all names that belong to nobody, as far as is known.

A free thread is not all: whoever works beside six busy ones shares the processor and the database with them. So a host
that has lately kept more than an eighth of the threads at work holds a quarter of them while others are about. It holds
a single one while somebody quiet is being answered or has been a moment ago, and if its requests last long: what is
dear is done one after another. Whoever opens a page now and then, with all that stands on it, notices neither; nor does
anybody who is alone.
"""

import asyncio
import json
import math
import time
from collections import Counter, OrderedDict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

MOST_WAITING = 100
# What watches us must be answered while we are busiest.
_ASIDE = ("/healthz", "/readyz", "/metrics")
_TITLE = "Слишком много запросов сразу. Подождите секунду и повторите"


# So long after its last request a host still is about.
ABOUT_SECONDS = 10.0
# So long after its last request or answer a quiet one is likely to ask again at once, as whoever is at work does.
_YIELD_SECONDS = 1.0
# What a host has kept at work is forgotten at this pace.
_MEMORY_SECONDS = 5.0
# Requests that last longer on the average are dear.
_DEAR_SECONDS = 0.25
_OF_NEWEST = 0.2
# What `whose` says of hosts of which nobody knows whose they are.
UNKNOWN = ""


@dataclass
class _Habit:
    """How many threads a host keeps at work on the average of the last seconds, and how long its requests last."""

    load: float = 0.0
    lasts: float = 0.0
    at: float = 0.0

    def pass_time(self, now: float, busy: int) -> None:
        kept = math.exp((self.at - now) / _MEMORY_SECONDS)
        self.load, self.at = self.load * kept + busy * (1 - kept), now


class Turns:
    """Lets at most `slots` requests into `app` at once, and of one host at most three quarters of them."""

    def __init__(
        self,
        app: Callable[..., Awaitable[None]],
        *,
        slots: int,
        whose: Callable[[str], str] = str,
        most_waiting: int = MOST_WAITING,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._app, self._free, self._most_waiting, self._clock = app, slots, most_waiting, clock
        self._whose = whose
        self.share, self.share_of_busy = max(slots * 3 // 4, 1), max(slots // 4, 1)
        self._much = slots / 8
        # By when they asked last, the longest ago first.
        self._about: OrderedDict[str, _Habit] = OrderedDict()
        self._busy: Counter[str] = Counter()
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["path"] in _ASIDE:
            await self._app(scope, receive, send)
            return
        host = self._whose(_name(scope))
        if len(self._waiting.get(host, ())) >= self._most_waiting:
            await _refuse(send)
            return
        self._note(host)
        await self._turn(host)
        begun = self._clock()
        try:
            await self._app(scope, receive, send)
        finally:
            self._leave(host, lasted=self._clock() - begun)

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

    def _note(self, host: str) -> None:
        """Somebody of the host is about; who has not been for a while, and has nothing at work, is forgotten."""
        now = self._clock()
        habit = self._about.setdefault(host, _Habit(at=now))
        habit.pass_time(now, self._busy[host])
        self._about.move_to_end(host)
        while (oldest := next(iter(self._about))) != host:
            if now - self._about[oldest].at <= ABOUT_SECONDS or self._busy[oldest]:
                break
            del self._about[oldest]

    def _share_of(self, host: str) -> int:
        habit = self._about.get(host)
        if habit is None or len(self._about) < 2 or habit.load <= self._much:
            return self.share
        # Among the unknown are companies that this process meets for the first time; just after its start, all are.
        if host == UNKNOWN or not (habit.lasts > _DEAR_SECONDS or self._has_quiet(host)):
            return self.share_of_busy
        return 1

    def _has_quiet(self, host: str) -> bool:
        """Whether somebody else, who is not busy himself, is at work here right now."""
        since = self._clock() - _YIELD_SECONDS
        for other, habit in reversed(self._about.items()):
            is_here = habit.at >= since or self._busy[other] or other in self._waiting
            if other != host and is_here and habit.load <= self._much:
                return True
        return False

    def _leave(self, host: str, *, lasted: float | None = None) -> None:
        habit = self._about.get(host)
        if habit is not None and lasted is not None:
            habit.pass_time(self._clock(), self._busy[host])
            habit.lasts += (lasted - habit.lasts) * _OF_NEWEST
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
        return next((host for host in self._waiting if self._busy[host] < self._share_of(host)), None)


def _name(scope: Message) -> str:
    """`Acme.localhost.:8000` → `acme.localhost`."""
    told = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), "")
    return told.strip().partition(":")[0].lower().rstrip(".")


async def _refuse(send: Send) -> None:
    told = {"type": "/problems/company-busy", "title": _TITLE, "status": 429, "detail": _TITLE, "retry_after": 1}
    body = json.dumps(told, ensure_ascii=False).encode()
    headers = [
        (b"content-type", b"application/problem+json"),
        (b"retry-after", b"1"),
        (b"content-length", str(len(body)).encode()),
    ]
    await send({"type": "http.response.start", "status": 429, "headers": headers})
    await send({"type": "http.response.body", "body": body})
