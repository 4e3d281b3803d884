"""Is the process up, and can it work."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import redis
from django.conf import settings
from django.db import connection, connections
from django.http import HttpRequest, JsonResponse
from redis.backoff import NoBackoff
from redis.retry import Retry

from core import storage
from core.context import control_scope
from tenants.provisioning.readiness import must_stand

log = logging.getLogger(__name__)
# Anybody may ask; however many do, what we stand on is asked once in this time.
REMEMBERED_SECONDS = 1.0
# While a check runs, its former answer stands for so long; a check that has not ended by then does not pass.
BELIEVED_SECONDS = 5.0
# Nobody waits longer, whatever hangs.
WAIT_SECONDS = 2.5
# Our own clients here: those of the work are patient and try again.
_CONNECT_SECONDS, _READ_SECONDS = 1, 2


class _Look:
    """One look at a dependency that has not ended yet."""

    def __init__(self) -> None:
        self.ended, self.begun_at = threading.Event(), time.monotonic()


@dataclass
class _Check:
    """The last answer of a dependency, and the look at it that is under way."""

    passes: bool | None = None
    answered_at: float = 0.0
    running: _Look | None = None


class Readiness:
    """The last answers of all checks, asked anew when they are old.

    Each check has a thread of its own while it runs, so one that hangs holds neither a request nor another check, and
    is not begun a second time. Whoever has asked first waits for it a little; the others get the former answer.
    """

    def __init__(self, checks: dict[str, Callable[[], None]], clock: Callable[[], float] = time.monotonic) -> None:
        self._looks, self._clock = checks, clock
        self._lock = threading.Lock()
        self._checks: dict[str, _Check] = {}

    def ask(self) -> dict[str, bool]:
        """Check → whether it passes."""
        with self._lock:
            awaited = [look for name in self._looks if (look := self._awaited(name)) is not None]
        for look in awaited:
            look.ended.wait(max(look.begun_at + WAIT_SECONDS - time.monotonic(), 0))
        with self._lock:
            return {name: self._answer(self._checks.get(name)) for name in self._looks}

    def forget(self) -> None:
        """Ask again next time."""
        with self._lock:
            self._checks = {}

    def _awaited(self, name: str) -> _Look | None:
        """The running look that this asker has to wait for; one that is due is begun by him."""
        check = self._checks.setdefault(name, _Check())
        if check.running is not None:
            return None if self._is_believed(check) else check.running
        if check.passes is not None and self._clock() < check.answered_at + REMEMBERED_SECONDS:
            return None
        check.running = _Look()
        arguments = (name, check, check.running)
        threading.Thread(target=self._run, args=arguments, name=f"ready-{name}", daemon=True).start()
        return check.running

    def _run(self, name: str, check: _Check, look: _Look) -> None:
        passes = _passes(name, self._looks[name])
        with self._lock:
            check.passes, check.answered_at, check.running = passes, self._clock(), None
        look.ended.set()

    def _answer(self, check: _Check | None) -> bool:
        if check is None:
            return False
        return bool(check.passes) and (check.running is None or self._is_believed(check))

    def _is_believed(self, check: _Check) -> bool:
        return check.passes is not None and self._clock() < check.answered_at + BELIEVED_SECONDS


def healthz(request: HttpRequest) -> JsonResponse:
    """200 while the process answers."""
    return JsonResponse({"ok": True})


def readyz(request: HttpRequest) -> JsonResponse:
    """200 when database, cache, broker, storage and migrations are in order, else 503 with what is not."""
    checks = readiness.ask()
    return JsonResponse({"ok": all(checks.values()), "checks": checks}, status=200 if all(checks.values()) else 503)


def _passes(name: str, look: Callable[[], None]) -> bool:
    try:
        look()
    except Exception:
        # Whatever the dependency throws means one thing here: not ready. The log says why.
        log.warning("not ready: %s", name, exc_info=True)
        return False
    finally:
        # The thread ends; its connection must not stay behind.
        connections.close_all()
    return True


def _database() -> None:
    with control_scope(), connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _redis() -> None:
    _client().ping()


@cache
def _client() -> redis.Redis:
    return redis.Redis.from_url(
        settings.REDIS_URL,
        socket_connect_timeout=_CONNECT_SECONDS,
        socket_timeout=_READ_SECONDS,
        retry=Retry(NoBackoff(), 0),
    )


def _storage() -> None:
    _store().head_bucket(Bucket=settings.S3_BUCKET)


@cache
def _store() -> Any:
    return storage.impatient(connect_seconds=_CONNECT_SECONDS, read_seconds=_READ_SECONDS)


_CHECKS = {"database": _database, "migrations": must_stand, "cache": _redis, "broker": _redis, "storage": _storage}
readiness = Readiness(_CHECKS)
