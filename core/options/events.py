"""Facts about options."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from core.events.bus import Change, Event


@dataclass(frozen=True)
class OptionsChanged(Event):
    """`changes` have codes for fields and words for values; `titles` are what the options were called then."""

    kind: ClassVar[str] = "options.changed"
    title: ClassVar[str] = "изменил(а) параметры компании"
    changes: tuple[Change, ...]
    titles: Mapping[str, str]
