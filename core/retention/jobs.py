"""The daily sweep of one company, called by its own wakeup; the registry sees to it that each company has one."""

from datetime import timedelta

from django.utils import timezone

from core.context import Company, company_scope, control_scope
from core.outbox.queries import wake

from .queries import delete_some, facts_to_tell
from .rules import TERMS, Term

SWEEP = "retention.sweep"
EVERY = timedelta(days=1)
# Few enough for a transaction that disturbs nobody.
BATCH = 1000


def sweep(company: Company, subject_id: int) -> None:
    """Forget whatever has outlived its term."""
    with company_scope(company):
        # First of all: a sweep that fails for good must not be the last one.
        wake(SWEEP, timezone.now() + EVERY)
    if not company.is_open:
        return
    with control_scope():
        promised = facts_to_tell(company.schema)
    for term in TERMS:
        while _delete_batch(company, term, promised) == BATCH:
            continue


def _delete_batch(company: Company, term: Term, promised: set[int]) -> int:
    with company_scope(company):
        return delete_some(term, before=timezone.now() - term.kept, promised=promised, limit=BATCH)
