"""Forgetting old reads, called by a wakeup of each company; the registry sees to it that each has one."""

from datetime import timedelta

from django.utils import timezone

from core.context import Company, company_scope
from core.outbox.queries import wake

from .queries import KEPT, forget_some

FORGET = "reads.forget"
EVERY = timedelta(days=1)
BATCH = 1000


def forget_reads(company: Company, _: int = 0) -> None:
    """Let go what is older than the log is kept."""
    with company_scope(company):
        # First of all: a round that fails for good must not be the last one.
        wake(FORGET, timezone.now() + EVERY)
    if not company.is_open:
        return
    before = timezone.now() - KEPT
    while forget_some(company.schema, before=before, limit=BATCH) == BATCH:
        continue
