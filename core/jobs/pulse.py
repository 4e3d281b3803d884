"""How workers know of each other's death: each says every second that it lives, and frees what the dead had in hand."""

import logging
import threading
import time
import uuid

from django.db import connection

from core.context import control_scope
from core.outbox.queries import DEAD_SECONDS, beat, free_what_the_dead_held

log = logging.getLogger(__name__)
WORKER = uuid.uuid4()
BEAT_SECONDS = 1.0
# Whoever missed beats has been away, and with him perhaps the database and all others.
_AWAY_SECONDS = 3.0


class Pulse:
    """The beats of one worker; `beat_once` takes the time in seconds of any steady clock."""

    def __init__(self, worker: uuid.UUID) -> None:
        self._worker = worker
        self._last: float | None = None
        self._back_since = float("-inf")

    def beat_once(self, now: float) -> int:
        """Say that we live; how many promises of dead workers were freed. In a control scope.

        After an absence of our own (the database was down, the machine slept) nobody is judged until the others have
        had the time to say that they live.
        """
        beat(self._worker)
        if self._last is not None and now - self._last > _AWAY_SECONDS:
            self._back_since = now
        self._last = now
        return free_what_the_dead_held() if now - self._back_since >= DEAD_SECONDS else 0


def pulse_forever(stop: threading.Event) -> None:
    """Beat every second until told to stop."""
    pulse = Pulse(WORKER)
    while not stop.is_set():
        try:
            with control_scope():
                freed = pulse.beat_once(time.monotonic())
            if freed:
                log.warning("%s promises of a dead worker are free", freed)
        except Exception:
            log.exception("pulse stumbled; trying again")
            connection.close()
        stop.wait(BEAT_SECONDS)
