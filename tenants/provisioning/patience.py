"""Waiting for one's turn at tables that people are using: short waits, repeated, so that a queue never forms behind."""

import random
import time
from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError
from psycopg import errors

from core.errors import Unavailable

R = TypeVar("R")
_TRIES = 5
_FIRST_PAUSE = 0.1
_PASSING = (errors.LockNotAvailable, errors.DeadlockDetected, errors.SerializationFailure)


def patiently(attempt: Callable[[], R], sentence: str) -> R:
    """Run an attempt that opens its own transaction, again while locks refuse it; Unavailable(sentence) at last."""
    for number in range(_TRIES):
        try:
            return attempt()
        except OperationalError as refused:
            if not isinstance(refused.__cause__, _PASSING):
                raise
            last = refused
        time.sleep(_FIRST_PAUSE * 2**number * random.uniform(0.5, 1.5))
    raise Unavailable(sentence) from last
