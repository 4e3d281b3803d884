"""Periodic work of the control plane: a static list from the registry, no table of schedules."""

import logging
import threading
import time

from django.db import connection

from core.context import control_scope
from core.outbox.models import Outbox
from core.registry import registry

from .registry import job_kind

log = logging.getLogger(__name__)


def tick(now: float, last: dict[str, float]) -> list[str]:
    """Queue each periodic job whose time has come and that is not queued yet; their codes."""
    due = [job for _, job in registry.jobs().values() if job.every and now - last.get(job.code, 0) >= job.every]
    if not due:
        return []
    kinds = {job_kind(job) for job in due}
    with control_scope():
        waiting = set(Outbox.objects.filter(company="", kind__in=kinds).values_list("kind", flat=True))
        Outbox.objects.bulk_create([Outbox(kind=kind, subject_id=0) for kind in kinds - waiting])
    last.update({job.code: now for job in due})
    return [job.code for job in due]


def tick_forever(stop: threading.Event) -> None:
    last: dict[str, float] = {}
    while not stop.wait(1):
        try:
            tick(time.monotonic(), last)
        except Exception:
            # A database that restarts must not end the clock.
            log.exception("ticker stumbled; trying again")
            connection.close()
