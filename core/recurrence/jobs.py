"""The work of plans that are due, called by the company's own wakeup."""

from datetime import timedelta
from time import monotonic

from django.utils import timezone

from core.context import Company, company_scope
from core.events.bus import Told
from core.outbox.queries import wake

from .actions import TICK, come_round
from .queries import next_due, soonest

# A plan whose module is off, or whose template lies in the trash, is looked at again this late.
_LATER = timedelta(minutes=10)
# A run begins no further transaction after this.
RUN_SECONDS = 60
# A company that is suspended comes back by a person's hand.
_MUCH_LATER = timedelta(hours=1)


def tick(company: Company, _: int = 0) -> None:
    """Make what is due, one template a transaction, and ask to be woken for the next; after `RUN_SECONDS` at once."""
    if not company.is_open:
        with company_scope(company):
            wake(TICK, timezone.now() + _MUCH_LATER)
        return
    until = monotonic() + RUN_SECONDS
    while _one(company):
        if monotonic() >= until:
            with company_scope(company):
                wake(TICK, timezone.now())
            return


def again(told: Told) -> None:
    """A template is back from the trash: its plan may be due."""
    wake(TICK, timezone.now())


def _one(company: Company) -> bool:
    """Whether a plan was due and is dealt with."""
    with company_scope(company):
        now = timezone.now()
        row = next_due(now)
        if row is not None:
            come_round(row, now=now)
            return True
        if moment := soonest():
            wake(TICK, max(moment, now + _LATER) if moment <= now else moment)
        return False
