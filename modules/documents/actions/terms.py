"""Watching over terms: people hear that one comes to its end, and that it has ended."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from core.access.loading import system_actor
from core.context import Company, company_scope, current_company
from core.custom_fields.queries import today
from core.entities.locks import locked
from core.events.bus import Change, Told, emit
from core.options.queries import option
from core.outbox.queries import wake
from core.verb import verb

from ..events import TermEnds
from ..options import WARN_AHEAD
from ..queries import expiring, next_ends
from ..rules import EXPIRY, warned_next

_BATCH = 200
_MORNING = time(9)


def watch_terms(company: Company, _: int = 0) -> None:
    """Tell of each term that is near or over, each in a transaction of its own, and ask for the next moment."""
    with company_scope(company):
        due = list(expiring(option(WARN_AHEAD)).values_list("pk", flat=True)[:_BATCH])
    for pk in due:
        with company_scope(company):
            warn(pk)
    with company_scope(company):
        plan_next()


@verb
def warn(pk: int) -> None:
    """Say of one document that its term ends, once for each of the two moments."""
    document = locked(expiring(option(WARN_AHEAD)), pk)
    if document is None or document.valid_until is None:
        return
    left = (document.valid_until - today()).days
    # Whoever heard nothing ahead because the document came late hears it once, as things stand.
    document.warned = 2 if left < 0 else 1
    document.save(update_fields=["warned"])
    change = Change("valid_until", None, document.valid_until.isoformat())
    emit(TermEnds(document.ref, (change,), left), by=system_actor())


def plan_next() -> None:
    """Ask to be woken on the morning of the next day on which somebody is to hear of a term."""
    zone, ahead = ZoneInfo(current_company().time_zone), option(WARN_AHEAD)
    days = [
        day
        for warned in (0, 1)
        if (first := next_ends().filter(warned=warned).first()) is not None
        and first.valid_until is not None
        and (day := warned_next(first.valid_until, warned, ahead)) is not None
    ]
    if days:
        wake(EXPIRY, datetime.combine(min(days), _MORNING, zone))


def look_again(told: Told) -> None:
    """Another number of days ahead may mean that people are to hear of some terms now."""
    if WARN_AHEAD.code in told.payload["titles"]:
        plan_next()
