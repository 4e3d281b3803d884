"""Facts about people and departments."""

from dataclasses import dataclass
from typing import ClassVar

from core.events.bus import Change, Event


@dataclass(frozen=True)
class EmployeeHired(Event):
    kind: ClassVar[str] = "organization.employee_hired"
    title: ClassVar[str] = "создал(а) карточку сотрудника"


@dataclass(frozen=True)
class EmployeeChanged(Event):
    kind: ClassVar[str] = "organization.employee_changed"
    title: ClassVar[str] = "изменил(а) карточку"
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class EmployeeBlocked(Event):
    kind: ClassVar[str] = "organization.employee_blocked"
    title: ClassVar[str] = "заблокировал(а) сотрудника"


@dataclass(frozen=True)
class EmployeeUnblocked(Event):
    kind: ClassVar[str] = "organization.employee_unblocked"
    title: ClassVar[str] = "разблокировал(а) сотрудника"
