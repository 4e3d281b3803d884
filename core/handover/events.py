"""Facts about dismissals; each is told on the card of the employee."""

from dataclasses import dataclass
from typing import ClassVar

from core.events.bus import Change, Event

_LABELS = {"last_day": "Последний день", "given": "Передано", "left": "Осталось", "reason": "Причина"}


@dataclass(frozen=True)
class DismissalPlanned(Event):
    kind: ClassVar[str] = "handover.planned"
    title: ClassVar[str] = "запланировал(а) увольнение"
    labels: ClassVar[dict[str, str]] = _LABELS
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class DismissalCalledOff(Event):
    kind: ClassVar[str] = "handover.called_off"
    title: ClassVar[str] = "отменил(а) увольнение"
    labels: ClassVar[dict[str, str]] = _LABELS
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class EmployeeDismissed(Event):
    """The account is shut, and his things begin to go to others."""

    kind: ClassVar[str] = "handover.dismissed"
    title: ClassVar[str] = "уволил(а) сотрудника"
    labels: ClassVar[dict[str, str]] = _LABELS
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class DismissalStopped(Event):
    """It could not begin, or the hand-over could not go on."""

    kind: ClassVar[str] = "handover.stopped"
    title: ClassVar[str] = "остановил(а) увольнение"
    labels: ClassVar[dict[str, str]] = _LABELS
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class ThingsHandedOver(Event):
    """All things have been looked at; `given` counts those that went to others, `stayed` those that could not."""

    kind: ClassVar[str] = "handover.finished"
    title: ClassVar[str] = "передал(а) дела сотрудника"
    labels: ClassVar[dict[str, str]] = _LABELS
    given: int
    stayed: int
    changes: tuple[Change, ...] = ()


FACTS = (DismissalPlanned, DismissalCalledOff, EmployeeDismissed, DismissalStopped, ThingsHandedOver)
