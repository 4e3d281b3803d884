"""Changes of what a principal may do."""

from django.db.models import F

from core.access.actor import Actor
from core.entities.models import Ref
from core.events.bus import emit
from core.identity.events import AccessChanged
from core.identity.models import Principal
from core.organization.models import Employee
from core.verb import verb


@verb
def move_epoch(principal_id: int, reason: str, by: Actor) -> None:
    """Say that a principal's rights or sessions have changed: remembered grants die, open sockets are checked again.

    `reason` is a code: roles, blocked, unblocked, sessions, password, totp.
    """
    Principal.objects.filter(pk=principal_id).update(access_epoch=F("access_epoch") + 1)
    emit(AccessChanged(card_of(principal_id), principal_id=principal_id, reason=reason), by=by)


def card_of(principal_id: int) -> Ref | None:
    """The employee card of a principal; None for guests and services."""
    card = Employee.objects.filter(principal_id=principal_id).values_list("pk", flat=True).first()
    return Ref(Employee.KIND, card) if card is not None else None
