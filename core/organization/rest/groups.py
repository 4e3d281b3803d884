"""Into what groups the list of employees falls."""

from django.db.models import Q

from core.organization.models import Department, Employee, Position
from core.rest.groups import ByChoice, ByRow, Choice, Grouping
from core.statuses.rest.groups import ByOwnStatus


def _statuses() -> list[Choice]:
    return [Choice(status.value, str(status.label), Q(status=status)) for status in Employee.Status]


GROUPINGS: dict[str, Grouping] = {
    "department": ByRow("department", Department, "Без отдела"),
    "position": ByRow("position", Position, "Без должности"),
    "status": ByChoice(_statuses),
    "own_status": ByOwnStatus(Employee.KIND),
}
