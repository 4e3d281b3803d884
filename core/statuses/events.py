"""Facts about the company's own statuses: of cards, and of how they are set up."""

from dataclasses import dataclass
from typing import ClassVar

from core.events.bus import Change, Event


@dataclass(frozen=True)
class StatusMoved(Event):
    """A card stands in another status of the same base; `text` is what the person wrote moving it.

    A move into another base is told by the kind's own fact.
    """

    kind: ClassVar[str] = "statuses.moved"
    title: ClassVar[str] = "перевёл(а) в другой статус"
    labels: ClassVar[dict[str, str]] = {"status": "Состояние"}
    changes: tuple[Change, ...]
    text: str = ""


@dataclass(frozen=True)
class SchemeBegun(Event):
    """Cards of a type have statuses of their own now; `card_type` is empty for the kind's own type."""

    kind: ClassVar[str] = "statuses.begun"
    title: ClassVar[str] = "начал(а) настраивать статусы"
    card_kind: str
    card_type: str


@dataclass(frozen=True)
class StatusDefined(Event):
    kind: ClassVar[str] = "statuses.defined"
    title: ClassVar[str] = "добавил(а) статус"
    card_kind: str
    card_type: str
    status: int
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class StatusAltered(Event):
    kind: ClassVar[str] = "statuses.altered"
    title: ClassVar[str] = "изменил(а) статус"
    card_kind: str
    card_type: str
    status: int
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class StatusesOrdered(Event):
    """`titles` are those of all statuses in their new order."""

    kind: ClassVar[str] = "statuses.ordered"
    title: ClassVar[str] = "переставил(а) статусы"
    card_kind: str
    card_type: str
    titles: tuple[str, ...]


@dataclass(frozen=True)
class MovesDrawn(Event):
    """Which moves are allowed; `changes` name the statuses out of which other ones lead now."""

    kind: ClassVar[str] = "statuses.drawn"
    title: ClassVar[str] = "изменил(а) разрешённые переходы"
    card_kind: str
    card_type: str
    changes: tuple[Change, ...] = ()


FACTS = (StatusMoved, SchemeBegun, StatusDefined, StatusAltered, StatusesOrdered, MovesDrawn)
