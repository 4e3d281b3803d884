"""Facts about reading lists."""

from dataclasses import dataclass
from typing import ClassVar

from core.events.bus import Change, Event

_LABELS = {"readers": "Ознакомиться", "reader": "Ознакомиться"}


@dataclass(frozen=True)
class ReadingAsked(Event):
    """`readers` are principals who were asked by this fact."""

    kind: ClassVar[str] = "acknowledgements.asked"
    title: ClassVar[str] = "попросил(а) ознакомиться"
    labels: ClassVar[dict[str, str]] = _LABELS
    readers: tuple[int, ...]
    round: int
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class ReadingConfirmed(Event):
    """`version` of the card that was read."""

    kind: ClassVar[str] = "acknowledgements.confirmed"
    title: ClassVar[str] = "ознакомился(лась)"
    version: int


@dataclass(frozen=True)
class ReadingWithdrawn(Event):
    """`left` has the reader when nothing of the list shows him the card any more."""

    kind: ClassVar[str] = "acknowledgements.withdrawn"
    title: ClassVar[str] = "убрал(а) из листа ознакомления"
    labels: ClassVar[dict[str, str]] = _LABELS
    reader: int
    left: tuple[int, ...]
    changes: tuple[Change, ...] = ()
