"""Facts about dismissals, on the card of the employee; for those who dismiss: what is planned is not told around."""

from dataclasses import dataclass
from typing import ClassVar

from core.access.permissions import Permission
from core.events.bus import Change, Event
from core.organization.permissions import BLOCK

_LABELS = {"last_day": "Последний день", "given": "Передано", "left": "Осталось", "reason": "Причина"}


@dataclass(frozen=True)
class DismissalFact(Event):
    needs: ClassVar[Permission | None] = BLOCK
    labels: ClassVar[dict[str, str]] = _LABELS


@dataclass(frozen=True)
class DismissalPlanned(DismissalFact):
    kind: ClassVar[str] = "handover.planned"
    title: ClassVar[str] = "запланировал(а) увольнение"
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class DismissalCalledOff(DismissalFact):
    kind: ClassVar[str] = "handover.called_off"
    title: ClassVar[str] = "отменил(а) увольнение"
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class EmployeeDismissed(DismissalFact):
    """The account is shut, and his things begin to go to others."""

    kind: ClassVar[str] = "handover.dismissed"
    title: ClassVar[str] = "уволил(а) сотрудника"
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class DismissalStopped(DismissalFact):
    """It could not begin, or the hand-over could not go on."""

    kind: ClassVar[str] = "handover.stopped"
    title: ClassVar[str] = "остановил(а) увольнение"
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class ThingsHandedOver(DismissalFact):
    """All things have been looked at; `given` counts those that went to others, `stayed` those that could not."""

    kind: ClassVar[str] = "handover.finished"
    title: ClassVar[str] = "передал(а) дела сотрудника"
    given: int
    stayed: int
    changes: tuple[Change, ...] = ()


FACTS = (DismissalPlanned, DismissalCalledOff, EmployeeDismissed, DismissalStopped, ThingsHandedOver)
