"""What is due on routes, called by the company's own wakeup; and what edits of files and fields do to runs."""

from datetime import timedelta
from time import monotonic

from django.utils import timezone

from core.access.loading import actor_of_principal, system_actor
from core.context import Company, company_scope, enabled_modules
from core.entities.models import Entity
from core.errors import NotFound
from core.events.bus import Told
from core.failpoints import Failpoint
from core.identity.models import Principal
from core.outbox.queries import wake
from core.registry import registry

from .actions.running import content_changed
from .actions.ticking import attend
from .errors import NotOnRoute
from .keeping import TICK
from .queries import due_passings

ATTENDED, DEALT = Failpoint("routes.attended"), Failpoint("routes.dealt")
# A run of the job begins no further transaction after this.
RUN_SECONDS = 60
# A passing whose module is off is looked at again this late; a company that is suspended comes back by a person's hand.
_LATER, _MUCH_LATER = timedelta(minutes=10), timedelta(hours=1)


def tick(company: Company, _: int = 0) -> None:
    """Deal with what is due, one passing a transaction, and ask to be woken for the next; after `RUN_SECONDS` at once.

    Killed anywhere it finds what is left: a passing keeps its moment until what it was for is done.
    """
    if not company.is_open:
        with company_scope(company):
            wake(TICK, timezone.now() + _MUCH_LATER)
        return
    until = monotonic() + RUN_SECONDS
    while _one(company):
        DEALT.reach()
        if monotonic() >= until:
            with company_scope(company):
                wake(TICK, timezone.now())
            return


def again(told: Told) -> None:
    """A card is back from the trash: its run may be owed something."""
    wake(TICK, timezone.now())


def heard(told: Told) -> None:
    """Files or the company's own fields of a card are others now."""
    kind = registry.kind(told.ref.kind) if told.ref else None
    if told.ref is None or kind is None or kind.routes is None:
        return
    card = Entity.objects.filter(pk=told.ref.id, trashed_at__isnull=True).first()
    if card is None:
        return
    try:
        content_changed(card, kind, by=actor_of_principal(Principal.objects.get(pk=told.actor_id), door="job"))
    except (NotFound, NotOnRoute):
        # Thrown away, or decided to its end, between the look and the lock.
        return


def _one(company: Company) -> bool:
    """Whether something was due and is dealt with."""
    with company_scope(company):
        now = timezone.now()
        live = [kind.code for kind in registry.live_kinds(enabled_modules()) if kind.routes is not None]
        row = due_passings().filter(run__entity__kind__in=live, next_at__lte=now).first()
        if row is not None:
            attend(row, now=now, by=system_actor())
            ATTENDED.reach()
            return True
        moment = due_passings().values_list("next_at", flat=True).first()
        if moment is not None:
            wake(TICK, max(moment, now + _LATER) if moment <= now else moment)
        return False
