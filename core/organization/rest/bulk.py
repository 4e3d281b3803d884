"""What can be done with many employees at once; each by the verb of one card."""

from collections.abc import Callable, Mapping
from typing import Any

from rest_framework import serializers

from core.access.actions import give_roles
from core.access.actor import Actor
from core.access.models import Role
from core.entities.kinds import EntityKind
from core.organization.actions import block_employee, change_employee, unblock_employee
from core.organization.models import Employee
from core.organization.standing.actions import noted, stand_back
from core.rest.bulk import BulkAction
from core.rest.fields import ID


class DepartmentIn(serializers.Serializer):
    department = serializers.IntegerField(allow_null=True, **ID)


class PositionIn(serializers.Serializer):
    position = serializers.IntegerField(allow_null=True, **ID)


class RoleIn(serializers.Serializer):
    role = serializers.CharField(max_length=50, help_text="code")


Run = Callable[[Any, EntityKind, Mapping[str, Any], Actor], Any]


def _put(column: str) -> Run:
    def run(employee: Employee, kind: EntityKind, values: Mapping[str, Any], by: Actor) -> Any:
        before = {column: getattr(employee, f"{column}_id")}
        # Asked even where nothing changes: «the same» would tell what is hidden from him who guesses it.
        change_employee(employee, given=values, by=by)
        return None if before == dict(values) else before

    return run


def _put_back(employee: Employee, kind: EntityKind, told: Any, by: Actor) -> None:
    change_employee(employee, given=told, by=by)


def _add_role(employee: Employee, kind: EntityKind, values: Mapping[str, Any], by: Actor) -> Any:
    rows = Role.objects.filter(assignments__principal=employee.principal_id).order_by("pk")
    held = list(rows.values_list("code", flat=True))
    if values["role"] in held:
        return None
    give_roles(employee, codes=[*held, values["role"]], by=by)
    return held


def _roles_back(employee: Employee, kind: EntityKind, told: Any, by: Actor) -> None:
    give_roles(employee, codes=told, by=by)


def _block(employee: Employee, kind: EntityKind, values: Mapping[str, Any], by: Actor) -> Any:
    if employee.is_blocked:
        return None
    before = noted(employee)
    block_employee(employee, by=by)
    return before


def _unblock(employee: Employee, kind: EntityKind, values: Mapping[str, Any], by: Actor) -> Any:
    if not employee.is_blocked:
        return None
    before = noted(employee)
    unblock_employee(employee, by=by)
    return before


def _stand_back(employee: Employee, kind: EntityKind, told: Any, by: Actor) -> None:
    # A change that the version before this one has made tells nothing: then the other base it is.
    other = Employee.Status.WORKS if employee.is_blocked else Employee.Status.BLOCKED
    stand_back(employee, told or {"status": other}, by=by)


BULK = (
    BulkAction("department", "Перевести в отдел", _put("department"), _put_back, DepartmentIn),
    BulkAction("position", "Назначить должность", _put("position"), _put_back, PositionIn),
    BulkAction("role", "Добавить роль", _add_role, _roles_back, RoleIn),
    BulkAction("block", "Заблокировать", _block, _stand_back),
    BulkAction("unblock", "Вернуть", _unblock, _stand_back),
)
