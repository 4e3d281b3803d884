"""How workers know of each other's death: each says every second that it lives, and frees what the dead had in hand."""

import logging
import threading
import time
import uuid

from django.db import connection

from core.context import control_scope
from core.outbox.queries import DEAD_SECONDS, Freed, beat, free_what_the_dead_held, strike_off
from core.registry import registry

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
        """Say that we live; how many promises the dead had in hand: they are free now, or parked. In a control scope.

        After an absence of our own (the database was down, the machine slept) nobody is judged until the others have
        had the time to say that they live.
        """
        beat(self._worker)
        if self._last is not None and now - self._last > _AWAY_SECONDS:
            self._back_since = now
        self._last = now
        freed = free_what_the_dead_held() if now - self._back_since >= DEAD_SECONDS else []
        for row in freed:
            if row.is_parked:
                _give_up(row)
        return len(freed)


def _give_up(row: Freed) -> None:
    log.error("%s of %s is what workers die of: it is not tried again", row.kind, row.company or "control")
    found = registry.jobs().get(row.kind.removeprefix("job:"))
    if found and found[1].every:
        # The clock queues it anew, and would not while a parked one stands.
        strike_off([str(row.id)])


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
