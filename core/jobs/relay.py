"""From public.outbox to the broker: a bounded window, back-off, and nothing forgotten."""

import logging
import threading

from django.db import connection

from core.context import control_scope
from core.outbox.bell import wait_for_ring
from core.outbox.queries import in_flight, lease, queue_wakeups
from core.registry import registry

from .envelope import sign
from .registry import job_kind
from .tasks import keep_promise

log = logging.getLogger(__name__)
WINDOW = 100
IDLE_SECONDS = 0.5


def relay_once() -> int:
    """Send what is due within the window; the number of rows sent."""
    with control_scope():
        queue_wakeups(WINDOW)
        rows = lease(max(WINDOW - in_flight(), 0), _lives())
    for row_id, company, kind, subject_id, attempts in rows:
        promise = {
            "id": str(row_id), "company": company, "kind": kind, "subject_id": subject_id, "attempts": attempts,
        }  # fmt: skip
        keep_promise.apply_async(kwargs=promise, headers=sign(promise))
    return len(rows)


def _lives() -> dict[str, int]:
    """How long each job may last, in seconds."""
    return {job_kind(job): job.time_limit for _, job in registry.jobs().values()}


def relay_forever(stop: threading.Event) -> None:
    """Run until told to stop: at once when the doorbell rings, every half second otherwise."""
    while not stop.is_set():
        try:
            if relay_once() == 0:
                wait_for_ring(IDLE_SECONDS)
        except Exception:
            log.exception("relay stumbled; trying again")
            connection.close()
            stop.wait(1)
