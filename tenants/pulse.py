"""When companies were last at work, and how often our own faults met them: counted in Redis, without a query.

A job brings the figures to the registry; what is lost with Redis is missing there and nothing more.
"""

import time
from datetime import UTC, datetime
from functools import cache
from typing import Any

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

from core.silence import Silence

_SEEN, _FAULTS = "global:companies-seen", "global:company-faults:{}"
_KEPT_SECONDS = 3 * 24 * 3600
# Nobody waits for a figure.
_ANSWER_SECONDS = 0.2
_SILENT_SECONDS = 5.0
silence = Silence("the counter of companies at work", _SILENT_SECONDS)


@cache
def _redis() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=_ANSWER_SECONDS, retry=Retry(NoBackoff(), 0))


def note_work(schema: str) -> None:
    """Somebody is at work in a company at this moment."""
    if silence.lasts:
        return
    try:
        _redis().zadd(_SEEN, {schema: time.time()})
    except redis.RedisError:
        silence.begin()


def note_fault(schema: str) -> None:
    """A request of a company has met a fault of ours."""
    if silence.lasts:
        return
    key = _FAULTS.format(today())
    try:
        pipe = _redis().pipeline()
        pipe.hincrby(key, schema, 1)
        pipe.expire(key, _KEPT_SECONDS)
        pipe.execute()
    except redis.RedisError:
        silence.begin()


def seen_since(moment: float, limit: int) -> list[tuple[str, datetime]]:
    """(schema, when) of companies that have been at work since a moment, the oldest first. RedisError."""
    found: Any = _redis().zrangebyscore(_SEEN, f"({moment}", "+inf", start=0, num=limit, withscores=True)
    return [(schema.decode(), datetime.fromtimestamp(at, UTC)) for schema, at in found]


def faults_of_today() -> dict[str, int]:
    """Schema → how many faults met it today; RedisError."""
    counted: Any = _redis().hgetall(_FAULTS.format(today()))
    return {schema.decode(): int(count) for schema, count in counted.items()}


def today() -> str:
    """The day of the counters, in UTC."""
    return datetime.now(UTC).date().isoformat()
