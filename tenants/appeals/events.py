"""What the company's own history tells of its appeals: that they are, never what they say."""

from dataclasses import dataclass
from typing import ClassVar

from core.events.bus import Event


@dataclass(frozen=True)
class AppealMade(Event):
    kind: ClassVar[str] = "appeals.made"
    title: ClassVar[str] = "написал(а) в поддержку"
    appeal_id: int


@dataclass(frozen=True)
class AppealGoesOn(Event):
    kind: ClassVar[str] = "appeals.goes_on"
    title: ClassVar[str] = "дополнил(а) обращение в поддержку"
    appeal_id: int


@dataclass(frozen=True)
class AppealAnswered(Event):
    kind: ClassVar[str] = "appeals.answered"
    title: ClassVar[str] = "ответила на обращение"
    appeal_id: int


@dataclass(frozen=True)
class AppealClosed(Event):
    kind: ClassVar[str] = "appeals.closed"
    title: ClassVar[str] = "закрыл(а) обращение в поддержку"
    appeal_id: int


@dataclass(frozen=True)
class AppealReopened(Event):
    kind: ClassVar[str] = "appeals.reopened"
    title: ClassVar[str] = "снова открыл(а) обращение в поддержку"
    appeal_id: int


FACTS: tuple[type[Event], ...] = (AppealMade, AppealGoesOn, AppealAnswered, AppealClosed, AppealReopened)
