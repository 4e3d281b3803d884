"""Who may change what of an employee's card."""

from collections.abc import Collection

from core.access.actor import Actor
from core.access.limits import must_write
from core.access.reach import must_not_be_above
from core.registry import registry

from .errors import NarrowRights
from .models import Employee
from .permissions import EDIT_PEOPLE
from .rules import changeable


def must_reach(employee: Employee, changed: Collection[str], by: Actor) -> None:
    """Refuse whoever may not change these fields of a card. Errors: NarrowRights, AdminsOnly, Invalid by field."""
    is_own = by.principal_id == employee.principal_id
    if forbidden := set(changed) - changeable(by.scope_of(EDIT_PEOPLE), is_own=is_own):
        raise NarrowRights(fields=sorted(forbidden))
    must_write(by, registry.kind_of(Employee.KIND), changed)
    must_not_be_above(employee.principal, by)
