"""What a person holds, and which card may go to whom."""

from typing import Any

from core.access.actor import Actor
from core.context import enabled_modules
from core.entities.models import Entity, Participant
from core.organization.models import Employee
from core.registry import registry
from core.rest.queries import counted

from .errors import DraftStays, HeirIsGone, PrivateStays
from .models import Dismissal
from .registry import Handover, Held


def handovers() -> list[Handover]:
    """Sorts of things of core and of the modules that are on, in their order."""
    found = [sort for trait in registry.traits.values() for sort in trait.handovers]
    for code in enabled_modules():
        found += registry.modules[code].handovers if code in registry.modules else ()
    return sorted(found, key=lambda sort: sort.place)


def held_by(employee: Employee) -> Held:
    return Held(employee.principal_id, employee.pk)


def counts(employee: Employee) -> dict[str, int]:
    """How many open things of each sort a person holds, each up to 10,000, in one statement."""
    sorts = handovers()
    leaver = held_by(employee)
    return dict(zip((sort.code for sort in sorts), counted([sort.rows(leaver) for sort in sorts]), strict=True))


def dismissal_of(employee_id: int) -> Dismissal | None:
    return Dismissal.objects.filter(pk=employee_id).first()


def heir_of(employee_id: int) -> Held:
    """Somebody who is to get things. Errors: HeirIsGone when he works here no more."""
    rows = Employee.objects.filter(pk=employee_id, trashed_at__isnull=True, principal__is_active=True)
    found = rows.first()
    if found is None:
        raise HeirIsGone()
    return held_by(found)


def card_to_give(card: Entity, heir: Held | None, by: Actor) -> Any:
    """The whole card behind a common row, when something of it may go to `heir`.

    Nobody comes to see a private card or a draft by somebody's dismissal. Errors: PrivateStays, DraftStays.
    """
    if card.is_draft and card.author_id != by.principal_id:
        raise DraftStays()
    if card.is_private and heir is not None:
        held = Participant.objects.filter(entity_id=card.pk, principal_id=heir.principal_id)
        if not held.exists():
            raise PrivateStays()
    return registry.kind_of(card.kind).model._default_manager.get(pk=card.pk)
