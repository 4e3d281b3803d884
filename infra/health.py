"""Is the process up, and can it work."""

import logging
import threading
import time
from collections.abc import Callable
from functools import cache

import redis
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, JsonResponse

from core.context import control_scope
from core.storage import client as storage
from tenants.provisioning.readiness import must_stand

log = logging.getLogger(__name__)
# Anybody may ask; however many do, what we stand on is asked once in this time.
REMEMBERED_SECONDS = 1.0


class Readiness:
    """The last answer of all checks, asked anew when it is old; whoever comes meanwhile gets the former answer.

    So a dependency that hangs holds one thread of ours and not all of them.
    """

    def __init__(self, checks: dict[str, Callable[[], None]], clock: Callable[[], float] = time.monotonic) -> None:
        self._checks, self._clock = checks, clock
        self._lock = threading.Lock()
        self._found: dict[str, bool] = {}
        self._until = 0.0

    def ask(self) -> dict[str, bool]:
        """Check → whether it passes."""
        known = self._found
        if not self._lock.acquire(blocking=not known):
            return known
        try:
            if not self._found or self._clock() >= self._until:
                self._found = {name: _passes(name, check) for name, check in self._checks.items()}
                self._until = self._clock() + REMEMBERED_SECONDS
            return self._found
        finally:
            self._lock.release()

    def forget(self) -> None:
        """Ask again next time."""
        with self._lock:
            self._found = {}


def healthz(request: HttpRequest) -> JsonResponse:
    """200 while the process answers."""
    return JsonResponse({"ok": True})


def readyz(request: HttpRequest) -> JsonResponse:
    """200 when database, cache, broker, storage and migrations are in order, else 503 with what is not."""
    checks = readiness.ask()
    return JsonResponse({"ok": all(checks.values()), "checks": checks}, status=200 if all(checks.values()) else 503)


def _passes(name: str, check: Callable[[], None]) -> bool:
    try:
        check()
    except Exception:
        # Whatever the dependency throws means one thing here: not ready. The log says why.
        log.warning("not ready: %s", name, exc_info=True)
        return False
    return True


def _database() -> None:
    with control_scope(), connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _redis() -> None:
    _client().ping()


@cache
def _client() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2)


def _storage() -> None:
    storage().head_bucket(Bucket=settings.S3_BUCKET)


_CHECKS = {"database": _database, "migrations": must_stand, "cache": _redis, "broker": _redis, "storage": _storage}
readiness = Readiness(_CHECKS)
