"""Facts about any card."""

from dataclasses import dataclass
from typing import ClassVar

from core.events.bus import Event


@dataclass(frozen=True)
class CardTrashed(Event):
    kind: ClassVar[str] = "entities.trashed"
    title: ClassVar[str] = "удалил(а) в корзину"


@dataclass(frozen=True)
class CardRestored(Event):
    kind: ClassVar[str] = "entities.restored"
    title: ClassVar[str] = "вернул(а) из корзины"
