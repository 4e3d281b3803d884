"""Who may change what of an employee's card."""

from collections.abc import Iterable

from core.access.actor import Actor
from core.access.limits import must_write
from core.access.reach import must_not_be_above
from core.registry import registry

from .errors import NarrowRights
from .models import Employee
from .permissions import EDIT_PEOPLE
from .rules import changeable

# What is asked for by another name than the field has.
_FIELDS = {"photo_id": "photo", "full_name": "last_name"}


def must_reach(employee: Employee, given: Iterable[str], by: Actor, *, same: Iterable[str] = ()) -> None:
    """Refuse whoever may not change these fields of a card; those that stay as they are ask for no more than that
    they be no guesses at what is hidden. Errors: NarrowRights, AdminsOnly, Invalid by field."""
    changed = {_FIELDS.get(name, name) for name in given}
    # Asked first: a refusal of another sort would tell that a guess was wrong.
    must_write(by, registry.kind_of(Employee.KIND), {*changed, *same}, same=same)
    if not changed:
        return
    is_own = by.principal_id == employee.principal_id
    if forbidden := changed - changeable(by.scope_of(EDIT_PEOPLE), is_own=is_own):
        raise NarrowRights(fields=sorted(forbidden))
    must_not_be_above(employee.principal, by)
