"""Facts about plans that come round."""

from dataclasses import dataclass
from typing import ClassVar

from core.events.bus import Change, Event

LABELS = {
    "plan": "Расписание",
    "catch_up": "Пропущенные",
    "one_open": "Одна открытая",
    "most": "Повторов",
    "work": "Что делать",
    "answers": "Кто отвечает",
    "giver": "Кто ставит",
    "due_in": "Срок, дней",
}


@dataclass(frozen=True)
class RecurrenceSet(Event):
    kind: ClassVar[str] = "recurrence.set"
    title: ClassVar[str] = "задал(а) расписание"
    labels: ClassVar[dict[str, str]] = LABELS
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class RecurrencePaused(Event):
    kind: ClassVar[str] = "recurrence.paused"
    title: ClassVar[str] = "приостановил(а) повтор"


@dataclass(frozen=True)
class RecurrenceResumed(Event):
    kind: ClassVar[str] = "recurrence.resumed"
    title: ClassVar[str] = "возобновил(а) повтор"


@dataclass(frozen=True)
class RecurrenceRemoved(Event):
    kind: ClassVar[str] = "recurrence.removed"
    title: ClassVar[str] = "убрал(а) расписание"
    labels: ClassVar[dict[str, str]] = LABELS
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class RecurrenceOver(Event):
    """The plan has come to its end by itself."""

    kind: ClassVar[str] = "recurrence.over"
    title: ClassVar[str] = "повтор закончился"


@dataclass(frozen=True)
class OccurrenceFailed(Event):
    """A card that was due could not be made; `reason` is the refusal as people read it."""

    kind: ClassVar[str] = "recurrence.failed"
    title: ClassVar[str] = "не удалось создать по расписанию"
    reason: str
