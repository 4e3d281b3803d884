"""Facts about numbers."""

from dataclasses import dataclass
from typing import ClassVar

from core.events.bus import Change, Event


@dataclass(frozen=True)
class MaskChanged(Event):
    """`kind_of_card` is numbered anew: mask, period, the next number."""

    kind: ClassVar[str] = "numbering.mask-changed"
    title: ClassVar[str] = "изменил(а) нумерацию"
    labels: ClassVar[dict[str, str]] = {
        "mask": "Маска",
        "period": "Счётчик",
        "mode": "Выдача номеров",
        "next": "Следующий номер",
    }
    kind_of_card: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class NumbersReserved(Event):
    """Somebody keeps numbers of `kind_of_card` for later; `until` is a moment."""

    kind: ClassVar[str] = "numbering.reserved"
    title: ClassVar[str] = "забронировал(а) номера"
    kind_of_card: str
    numbers: tuple[str, ...]
    until: str
    purpose: str


@dataclass(frozen=True)
class NumberGivenBack(Event):
    """A number that was kept for later is free again, because its time is over or somebody has said so."""

    kind: ClassVar[str] = "numbering.given-back"
    title: ClassVar[str] = "снял(а) бронь номера"
    kind_of_card: str
    number: str
    is_expired: bool
