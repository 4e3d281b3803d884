"""Facts of the history itself."""

from dataclasses import dataclass
from typing import ClassVar

from core.events.bus import Event


@dataclass(frozen=True)
class ValuesRestored(Event):
    """Fields have their values of the past again; `line` is the fact whose change was taken back, or after which the
    whole card stands as it stood."""

    kind: ClassVar[str] = "history.restored"
    title: ClassVar[str] = "вернул(а) прежние значения"
    line: int
    fields: tuple[str, ...]
