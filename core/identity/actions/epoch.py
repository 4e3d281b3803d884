"""Changes of what principals may do."""

from collections.abc import Iterable

from django.db.models import F

from core.access.actor import Actor
from core.entities.models import Ref
from core.events.bus import emit
from core.identity.events import AccessChanged
from core.identity.models import Principal
from core.organization.models import Employee
from core.verb import verb


@verb
def move_epochs(principal_ids: Iterable[int], *, reason: str, by: Actor) -> None:
    """Say that what these principals may do, or their sessions, have changed: remembered grants die, open sockets are
    checked again. One fact for all of them, on the card when there is one person.

    `reason` is a code: roles, structure, unblocked, sessions, totp.
    """
    # Rows are locked in one order, so that two administrators at work never wait for each other in a circle.
    rows = Principal.objects.select_for_update(no_key=True).filter(pk__in=set(principal_ids)).order_by("pk")
    moved = tuple(rows.values_list("pk", flat=True))
    if not moved:
        return
    Principal.objects.filter(pk__in=moved).update(access_epoch=F("access_epoch") + 1)
    card = card_of(moved[0]) if len(moved) == 1 else None
    emit(AccessChanged(card, principal_ids=moved, reason=reason), by=by)


def card_of(principal_id: int) -> Ref | None:
    """The employee card of a principal; None for guests and services."""
    card = Employee.objects.filter(principal_id=principal_id).values_list("pk", flat=True).first()
    return Ref(Employee.KIND, card) if card is not None else None
