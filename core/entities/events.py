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


@dataclass(frozen=True)
class CardsAdded(Event):
    """Many cards of one kind were written at once (import, filling, recurrence); ids lie from `first` to `last`."""

    kind: ClassVar[str] = "entities.added"
    title: ClassVar[str] = "добавил(а) карточки списком"
    card_kind: str
    count: int
    first: int = 0
    last: int = 0


@dataclass(frozen=True)
class CardsPurged(Event):
    """Cards whose term in the trash is over are gone for good; `cards` («З-15 Название») is all that stays.

    `ids` by their numbers: whoever looks the history over knows which facts went with them.
    """

    kind: ClassVar[str] = "entities.purged"
    title: ClassVar[str] = "окончательно удалил(а) карточки из корзины"
    cards: tuple[str, ...]
    ids: tuple[int, ...] = ()
