"""From public.outbox to the broker: a bounded window, back-off, and nothing forgotten."""

import logging
import threading

from django.conf import settings
from django.db import connection

from core.context import control_scope
from core.outbox.bell import wait_for_ring
from core.outbox.queries import in_flight, lease, queue_wakeups
from core.registry import registry

from .envelope import sign
from .parcel import FACT, FACTS_TOGETHER, parcels
from .registry import job_kind
from .tasks import keep_parcel

log = logging.getLogger(__name__)
WINDOW = 100
IDLE_SECONDS = 0.5
LONG_SECONDS = 60


def relay_once() -> int:
    """Send what is due within the window; the number of rows sent."""
    with control_scope():
        queue_wakeups(WINDOW)
        rows = lease(
            max(WINDOW - in_flight(), 0), long=long_kinds(), patient=patient_kinds(), threads=settings.WORKER_THREADS
        )
    for parcel in parcels(rows, together()):
        message = parcel.message()
        keep_parcel.apply_async(kwargs=message, headers=sign(message))
    return len(rows)


def together() -> dict[str, int]:
    """How many promises of each kind may travel in one parcel."""
    return {FACT: FACTS_TOGETHER} | {job_kind(job): job.together for _, job in registry.jobs().values()}


def long_kinds() -> list[str]:
    """Kinds of companies' work that may hold a thread for long: exports, imports, archives."""
    return [job_kind(job) for _, job in registry.jobs().values() if not job.control and job.time_limit > LONG_SECONDS]


def patient_kinds() -> list[str]:
    """Kinds of companies' work for which nobody waits."""
    return [job_kind(job) for _, job in registry.jobs().values() if job.patient]


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
