"""Facts about links: one on each card, so that both histories tell them. None names the other card's words."""

from dataclasses import dataclass
from typing import ClassVar

from core.events.bus import Event


@dataclass(frozen=True)
class CardLinked(Event):
    """`other` is the address of the other card, `relation` how this card reads the link."""

    kind: ClassVar[str] = "links.added"
    title: ClassVar[str] = "привязал(а) карточку"
    other: str
    relation: str


@dataclass(frozen=True)
class CardUnlinked(Event):
    kind: ClassVar[str] = "links.removed"
    title: ClassVar[str] = "убрал(а) привязку"
    other: str
    relation: str
