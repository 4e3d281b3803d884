"""A doorbell for the relay: rung after commit so that work starts at once; a lost ring costs half a second."""

from functools import cache

import redis
from django.conf import settings
from django.db import transaction

_BELL = "global:outbox-bell"


@cache
def _redis() -> redis.Redis:
    # Longer than the wait for a ring; a Redis that is silent must not hold a request after its commit.
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=3, socket_connect_timeout=1)


def ring_after_commit() -> None:
    transaction.on_commit(_ring, robust=True)


def _ring() -> None:
    _redis().rpush(_BELL, 1)


def wait_for_ring(seconds: float) -> None:
    """Return when somebody rang, or after `seconds`."""
    _redis().blpop([_BELL], timeout=seconds)
    _redis().delete(_BELL)
