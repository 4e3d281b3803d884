"""Facts about views. A view that its owner alone sees is his own affair, and nothing is told of it."""

from dataclasses import dataclass
from typing import ClassVar

from core.events.bus import Event


@dataclass(frozen=True)
class ViewShared(Event):
    """Others see a view now, or others than before; `list_of` is the kind's code, `audience` me, some or all."""

    kind: ClassVar[str] = "saved_views.shared"
    title: ClassVar[str] = "изменил(а), кому виден вид списка"
    view_id: int
    view_title: str
    list_of: str
    audience: str


@dataclass(frozen=True)
class SharedViewChanged(Event):
    kind: ClassVar[str] = "saved_views.changed"
    title: ClassVar[str] = "изменил(а) общий вид списка"
    view_id: int
    view_title: str
    list_of: str


@dataclass(frozen=True)
class SharedViewRemoved(Event):
    kind: ClassVar[str] = "saved_views.removed"
    title: ClassVar[str] = "удалил(а) общий вид списка"
    view_id: int
    view_title: str
    list_of: str


FACTS = (ViewShared, SharedViewChanged, SharedViewRemoved)
