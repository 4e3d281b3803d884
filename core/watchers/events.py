"""Facts about those who watch cards."""

from dataclasses import dataclass
from typing import ClassVar

from core.events.bus import Change, Event


@dataclass(frozen=True)
class WatchersChanged(Event):
    """`came` and `left` are principals; whoever has put himself there, or taken himself off, is the doer."""

    kind: ClassVar[str] = "watchers.changed"
    title: ClassVar[str] = "изменил(а) список наблюдателей"
    changes: tuple[Change, ...] = ()
    came: tuple[int, ...] = ()
    left: tuple[int, ...] = ()
