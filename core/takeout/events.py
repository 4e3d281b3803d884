"""Facts about archives of the company."""

from dataclasses import dataclass
from typing import ClassVar

from core.events.bus import Event


@dataclass(frozen=True)
class TakeoutAsked(Event):
    """An owner has asked for all data of the company."""

    kind: ClassVar[str] = "takeout.asked"
    title: ClassVar[str] = "начал(а) выгрузку всех данных компании"
    takeout_id: int


@dataclass(frozen=True)
class TakeoutMade(Event):
    """The archive is written; how much is in it."""

    kind: ClassVar[str] = "takeout.made"
    title: ClassVar[str] = "подготовил(а) выгрузку всех данных компании"
    takeout_id: int
    rows: int
    files: int
    size: int


@dataclass(frozen=True)
class TakeoutOpened(Event):
    """An owner has taken the archive away."""

    kind: ClassVar[str] = "takeout.opened"
    title: ClassVar[str] = "скачал(а) выгрузку всех данных компании"
    takeout_id: int
