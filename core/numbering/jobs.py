"""The work of numbers whose time is over, called by the company's own wakeup."""

from datetime import timedelta

from django.utils import timezone

from core.access.loading import system_actor
from core.context import Company, company_scope
from core.outbox.queries import wake

from .actions import EXPIRE, release_expired

# A company that is suspended comes back by a person's hand.
_MUCH_LATER = timedelta(hours=1)


def expire(company: Company, _: int = 0) -> None:
    """Give back all numbers that were kept until now, some in each transaction."""
    if not company.is_open:
        with company_scope(company):
            wake(EXPIRE, timezone.now() + _MUCH_LATER)
        return
    while _some(company):
        continue


def _some(company: Company) -> int:
    with company_scope(company):
        return release_expired(by=system_actor())
