"""Facts about personal data."""

from dataclasses import dataclass
from typing import ClassVar

from core.events.bus import Event
from core.identity.events import AccountEvent


@dataclass(frozen=True)
class PersonDataAsked(AccountEvent):
    """Somebody has asked for all that is known of a person."""

    kind: ClassVar[str] = "privacy.data_asked"
    title: ClassVar[str] = "запросил(а) персональные данные"
    file_id: int


@dataclass(frozen=True)
class PersonDataOpened(AccountEvent):
    """The file has been taken away."""

    kind: ClassVar[str] = "privacy.data_opened"
    title: ClassVar[str] = "скачал(а) персональные данные"
    file_id: int


@dataclass(frozen=True)
class PersonAnonymised(Event):
    """A person who works here no more has lost his name; the fact does not tell it."""

    kind: ClassVar[str] = "privacy.anonymised"
    title: ClassVar[str] = "обезличил(а) карточку"
