"""Facts about numbers."""

from dataclasses import dataclass
from typing import ClassVar

from core.events.bus import Change, Event


@dataclass(frozen=True)
class MaskChanged(Event):
    """`kind_of_card` is numbered anew: mask, period, the next number."""

    kind: ClassVar[str] = "numbering.mask-changed"
    title: ClassVar[str] = "изменил(а) нумерацию"
    labels: ClassVar[dict[str, str]] = {"mask": "Маска", "period": "Счётчик", "next": "Следующий номер"}
    kind_of_card: str
    changes: tuple[Change, ...]
