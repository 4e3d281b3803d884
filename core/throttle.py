"""Counters of attempts in Redis: they outlive the rollback of the request that failed."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import redis
from django.conf import settings

from core.context import current_schema
from core.errors import SlowDown, Unavailable
from core.silence import Silence

# Each who waits for a silent Redis holds a thread meanwhile.
_ANSWER_SECONDS = 1.0
_EVERYBODY = "global"
silence = Silence("the counter of attempts", 2.0)


@cache
def _redis() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=_ANSWER_SECONDS)


def _key(name: str, subject: str, seconds: int, *, everywhere: bool = False) -> str:
    return f"{_EVERYBODY if everywhere else _owner()}:attempts:{name}:{subject}:{int(time.time()) // seconds}"


def _lasting(name: str, subject: str, what: str) -> str:
    return f"{_owner()}:{what}:{name}:{subject}"


def _owner() -> str:
    schema = current_schema()
    return schema if schema and schema != "public" else _EVERYBODY


@contextmanager
def _or_unavailable() -> Iterator[None]:
    """Without counters nobody may guess: what they guard is refused until Redis answers again."""
    if silence.lasts:
        raise Unavailable()
    try:
        yield
    except redis.RedisError as silent:
        silence.begin()
        raise Unavailable() from silent


@_or_unavailable()
def attempts(name: str, subject: str, *, seconds: int) -> int:
    """How many attempts were counted in the current window."""
    return int(_redis().get(_key(name, subject, seconds)) or 0)


@_or_unavailable()
def count(name: str, subject: str, *, seconds: int, number: int = 1, everywhere: bool = False) -> int:
    """Count one more attempt (or several); the number in the current window with them.

    `everywhere`: those of all companies count together.
    """
    key = _key(name, subject, seconds, everywhere=everywhere)
    pipe = _redis().pipeline()
    pipe.incrby(key, number)
    pipe.expire(key, seconds)
    return pipe.execute()[0]


@_or_unavailable()
def forgive(name: str, subject: str, *, seconds: int) -> None:
    """Forget the attempts of the current window."""
    _redis().delete(_key(name, subject, seconds))


@_or_unavailable()
def take_back(name: str, subject: str, *, seconds: int) -> None:
    """Uncount one attempt of the current window that turned out to be harmless."""
    key = _key(name, subject, seconds)
    pipe = _redis().pipeline()
    pipe.decr(key)
    pipe.expire(key, seconds)
    pipe.execute()


@_or_unavailable()
def strike(name: str, subject: str, *, times: int, seconds: int) -> bool:
    """Count a wrong try; the one that exceeds `times` within `seconds` of the first bars the subject for `seconds`.

    True when this very strike has barred it; counting starts anew then.
    """
    key = _lasting(name, subject, "strikes")
    pipe = _redis().pipeline()
    pipe.set(key, 0, ex=seconds, nx=True)
    pipe.incr(key)
    if pipe.execute()[1] <= times:
        return False
    pipe = _redis().pipeline()
    pipe.set(_lasting(name, subject, "barred"), int(time.time()) + seconds, ex=seconds)
    pipe.delete(key)
    pipe.execute()
    return True


@_or_unavailable()
def barred_for(name: str, subject: str) -> int:
    """Seconds that a barred subject must still wait; 0 when it is not barred."""
    until = int(_redis().get(_lasting(name, subject, "barred")) or 0)
    return max(until - int(time.time()), 0)


@_or_unavailable()
def forgive_strikes(name: str, subject: str) -> None:
    """Forget the wrong tries and lift the bar."""
    _redis().delete(_lasting(name, subject, "strikes"), _lasting(name, subject, "barred"))


@_or_unavailable()
def keep(name: str, subject: str, value: str, *, seconds: int) -> None:
    """Keep the fingerprint of something that is to be told within so many seconds; the one before is forgotten, and
    tries are counted anew."""
    pipe = _redis().pipeline()
    pipe.delete(_lasting(name, subject, "tries"))
    pipe.set(_lasting(name, subject, "kept"), value, ex=seconds)
    pipe.execute()


@_or_unavailable()
def kept(name: str, subject: str, *, tries: int, seconds: int) -> str:
    """What is kept, for one try of so many; empty when it is too late or there were too many."""
    key = _lasting(name, subject, "tries")
    pipe = _redis().pipeline()
    pipe.incr(key)
    pipe.expire(key, seconds)
    pipe.get(_lasting(name, subject, "kept"))
    made, _, found = pipe.execute()
    return found.decode() if found and made <= tries else ""


@_or_unavailable()
def forget(name: str, subject: str) -> None:
    """Keep it no longer."""
    _redis().delete(_lasting(name, subject, "kept"), _lasting(name, subject, "tries"))


def limit(name: str, subject: str, *, times: int, seconds: int, sentence: str = "", everywhere: bool = False) -> None:
    """Count an attempt and raise SlowDown when there were more than `times` in the window."""
    if count(name, subject, seconds=seconds, everywhere=everywhere) > times:
        raise SlowDown(sentence, retry_after=seconds - int(time.time()) % seconds)
