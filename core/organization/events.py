"""Facts about people and departments."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from core.events.bus import Change, Event


@dataclass(frozen=True)
class EmployeeHired(Event):
    kind: ClassVar[str] = "organization.employee_hired"
    title: ClassVar[str] = "создал(а) карточку сотрудника"
    by_himself: bool = False

    @classmethod
    def words(cls, payload: Mapping[str, Any]) -> str:
        return "теперь среди сотрудников" if payload.get("by_himself") else cls.title


@dataclass(frozen=True)
class EmployeeChanged(Event):
    kind: ClassVar[str] = "organization.employee_changed"
    title: ClassVar[str] = "изменил(а) карточку"
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class EmployeeBlocked(Event):
    kind: ClassVar[str] = "organization.employee_blocked"
    title: ClassVar[str] = "заблокировал(а) сотрудника"
    changes: tuple[Change, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class EmployeeUnblocked(Event):
    kind: ClassVar[str] = "organization.employee_unblocked"
    title: ClassVar[str] = "разблокировал(а) сотрудника"
    changes: tuple[Change, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class DepartmentCreated(Event):
    kind: ClassVar[str] = "organization.department_created"
    title: ClassVar[str] = "создал(а) отдел"
    department_id: int
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class DepartmentChanged(Event):
    """`changes` tell the title, the code, the parent's title and the head's name, before and after."""

    kind: ClassVar[str] = "organization.department_changed"
    title: ClassVar[str] = "изменил(а) отдел"
    department_id: int
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class DepartmentRemoved(Event):
    kind: ClassVar[str] = "organization.department_removed"
    title: ClassVar[str] = "удалил(а) отдел"
    department_id: int
    department_title: str


@dataclass(frozen=True)
class PositionCreated(Event):
    kind: ClassVar[str] = "organization.position_created"
    title: ClassVar[str] = "добавил(а) должность"
    position_id: int
    position_title: str


@dataclass(frozen=True)
class PositionRenamed(Event):
    kind: ClassVar[str] = "organization.position_renamed"
    title: ClassVar[str] = "переименовал(а) должность"
    position_id: int
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class PositionRemoved(Event):
    kind: ClassVar[str] = "organization.position_removed"
    title: ClassVar[str] = "удалил(а) должность"
    position_id: int
    position_title: str


FACTS = (
    EmployeeHired,
    EmployeeChanged,
    EmployeeBlocked,
    EmployeeUnblocked,
    DepartmentCreated,
    DepartmentChanged,
    DepartmentRemoved,
    PositionCreated,
    PositionRenamed,
    PositionRemoved,
)
