"""A doorbell for the relay: rung after commit so that work starts at once; a lost ring costs half a second."""

from functools import cache

import redis
from django.conf import settings
from django.db import transaction
from redis.backoff import NoBackoff
from redis.retry import Retry

from core.silence import Silence

_BELL = "global:outbox-bell"
# A person waits for the ring after each write, and the work is found without it: it is not worth more of his time.
RING_SECONDS = 0.2
silence = Silence("the outbox's bell", 5.0)


@cache
def _ringing() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=RING_SECONDS, retry=Retry(NoBackoff(), 0))


@cache
def _waiting() -> redis.Redis:
    # Longer than the relay's wait for a ring.
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=3, socket_connect_timeout=1)


def ring_after_commit() -> None:
    transaction.on_commit(_ring, robust=True)


def _ring() -> None:
    if silence.lasts:
        return
    try:
        _ringing().rpush(_BELL, 1)
    except redis.RedisError:
        silence.begin()


def wait_for_ring(seconds: float) -> None:
    """Return when somebody rang, or after `seconds`."""
    _waiting().blpop([_BELL], timeout=seconds)
    _waiting().delete(_BELL)
