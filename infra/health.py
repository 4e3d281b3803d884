"""Is the process up, and can it work."""

import logging

import redis
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, JsonResponse

from core.context import control_scope
from core.storage import client as storage
from tenants.models import Segment

log = logging.getLogger(__name__)


def healthz(request: HttpRequest) -> JsonResponse:
    """200 while the process answers."""
    return JsonResponse({"ok": True})


def readyz(request: HttpRequest) -> JsonResponse:
    """200 when database, cache, broker, storage and migrations are in order, else 503 with what is not."""
    checks = {name: _passes(name, check) for name, check in _CHECKS.items()}
    return JsonResponse({"ok": all(checks.values()), "checks": checks}, status=200 if all(checks.values()) else 503)


def _passes(name: str, check) -> bool:
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


def _migrations() -> None:
    with control_scope():
        if not Segment.objects.exists():
            raise LookupError("no segments: run prepare")


def _redis() -> None:
    redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2).ping()


def _storage() -> None:
    storage().head_bucket(Bucket=settings.S3_BUCKET)


_CHECKS = {"database": _database, "migrations": _migrations, "cache": _redis, "broker": _redis, "storage": _storage}
