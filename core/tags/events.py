"""Facts about tags."""

from dataclasses import dataclass
from typing import ClassVar

from core.events.bus import Change, Event


@dataclass(frozen=True)
class TagsChanged(Event):
    """A card carries other tags; the values are their titles."""

    kind: ClassVar[str] = "tags.changed"
    title: ClassVar[str] = "изменил(а) метки"
    labels: ClassVar[dict[str, str]] = {"tags": "Метки"}
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class TagAltered(Event):
    kind: ClassVar[str] = "tags.altered"
    title: ClassVar[str] = "изменил(а) метку"
    tag_id: int
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class TagsMerged(Event):
    """Cards of one tag carry another now; the first is gone."""

    kind: ClassVar[str] = "tags.merged"
    title: ClassVar[str] = "объединил(а) метки"
    tag_title: str
    into: int
    cards: int


@dataclass(frozen=True)
class TagRemoved(Event):
    kind: ClassVar[str] = "tags.removed"
    title: ClassVar[str] = "удалил(а) метку"
    tag_title: str
    cards: int


FACTS = (TagsChanged, TagAltered, TagsMerged, TagRemoved)
