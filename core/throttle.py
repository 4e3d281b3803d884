"""Counters of attempts in Redis: they outlive the rollback of the request that failed."""

import time
from functools import cache

import redis
from django.conf import settings

from core.context import current_schema
from core.errors import SlowDown


@cache
def _redis() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2)


def _key(name: str, subject: str, seconds: int) -> str:
    schema = current_schema()
    owner = schema if schema and schema != "public" else "global"
    return f"{owner}:attempts:{name}:{subject}:{int(time.time()) // seconds}"


def attempts(name: str, subject: str, *, seconds: int) -> int:
    """How many attempts were counted in the current window."""
    return int(_redis().get(_key(name, subject, seconds)) or 0)


def count(name: str, subject: str, *, seconds: int) -> int:
    """Count one more attempt; the number in the current window with it."""
    key = _key(name, subject, seconds)
    pipe = _redis().pipeline()
    pipe.incr(key)
    pipe.expire(key, seconds)
    return pipe.execute()[0]


def forgive(name: str, subject: str, *, seconds: int) -> None:
    """Forget the attempts of the current window."""
    _redis().delete(_key(name, subject, seconds))


def limit(name: str, subject: str, *, times: int, seconds: int, sentence: str = "") -> None:
    """Count an attempt and raise SlowDown when there were more than `times` in the window."""
    if count(name, subject, seconds=seconds) > times:
        raise SlowDown(sentence, retry_after=seconds - int(time.time()) % seconds)
