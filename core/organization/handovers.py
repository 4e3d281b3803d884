"""What of the structure a person holds: departments that he heads, people whom he manages."""

from typing import Any

from django.db.models import QuerySet

from core.access.actor import Actor
from core.handover.registry import Fate, Handover, Held, Stays

from .actions import change_employee
from .models import Department, Employee
from .structure import actions as structure


def _departments(leaver: Held) -> QuerySet[Any]:
    return Department.objects.filter(head=leaver.employee_id)


def _lead(department: Department, leaver: Held, heir: Held | None, by: Actor) -> None:
    structure.change_department(department, given={"head": heir.employee_id if heir else None}, by=by)


def _people(leaver: Held) -> QuerySet[Any]:
    rows = Employee.objects.filter(manager=leaver.employee_id, trashed_at__isnull=True)
    return rows.filter(status=Employee.Status.WORKS)


def _manage(employee: Employee, leaver: Held, heir: Held | None, by: Actor) -> None:
    """Nobody manages himself: the heir goes to whoever managed the leaver."""
    wanted = heir.employee_id if heir else None
    if wanted == employee.pk:
        above = Employee.objects.filter(reports=leaver.employee_id, principal__is_active=True).first()
        wanted = above.pk if above and above.pk != employee.pk else None
    change_employee(employee, given={"manager": wanted}, by=by)


HANDOVERS = (
    Handover(
        "departments", "Руководит отделами", "Во главе отделов станет преемник", 60, Fate.GIVEN,
        ((Department, "head"),), _departments, _lead,
    ),
    Handover(
        "people", "Руководит людьми", "Люди будут подчиняться преемнику", 70, Fate.GIVEN,
        ((Employee, "manager"),), _people, _manage,
    ),
)  # fmt: skip
STAYS = (
    Stays("an employee's card is his own and stays with him", ((Employee, "principal"),), (Employee.KIND,)),
)  # fmt: skip
