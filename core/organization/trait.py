"""What the organization gives the house: employees as cards, departments, positions."""

from core.traits import Trait

from .events import EmployeeBlocked, EmployeeChanged, EmployeeHired, EmployeeUnblocked
from .permissions import BLOCK, EDIT_PEOPLE, INVITE, MANAGE_STRUCTURE, VIEW_PEOPLE

trait = Trait(
    code="organization",
    facts=(EmployeeHired, EmployeeChanged, EmployeeBlocked, EmployeeUnblocked),
    permissions=(VIEW_PEOPLE, EDIT_PEOPLE, INVITE, BLOCK, MANAGE_STRUCTURE),
    default_roles={
        "head": {VIEW_PEOPLE: "all", INVITE: "all"},
        "employee": {VIEW_PEOPLE: "all", EDIT_PEOPLE: "own"},
    },
)
