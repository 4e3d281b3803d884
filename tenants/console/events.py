"""What the service has done to a company, said inside the company itself: its own history tells it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from core.events.bus import Change, Event


@dataclass(frozen=True)
class CompanySuspended(Event):
    """Open sockets are shut by this fact."""

    kind: ClassVar[str] = "console.suspended"
    title: ClassVar[str] = "приостановил(а) компанию"
    reason: str = ""


@dataclass(frozen=True)
class CompanyRestored(Event):
    kind: ClassVar[str] = "console.restored"
    title: ClassVar[str] = "возобновил(а) работу компании"
    reason: str = ""


@dataclass(frozen=True)
class CompanyRenamed(Event):
    kind: ClassVar[str] = "console.renamed"
    title: ClassVar[str] = "сменил(а) адрес компании"
    changes: tuple[Change, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class SupportAllowed(Event):
    kind: ClassVar[str] = "console.support_allowed"
    title: ClassVar[str] = "открыл(а) доступ поддержке"
    until: datetime | None = None
    may_change: bool = False


@dataclass(frozen=True)
class SupportForbidden(Event):
    kind: ClassVar[str] = "console.support_forbidden"
    title: ClassVar[str] = "закрыл(а) доступ поддержке"


@dataclass(frozen=True)
class SupportCame(Event):
    kind: ClassVar[str] = "console.support_came"
    title: ClassVar[str] = "вошла в компанию, только смотреть"
    until: datetime | None = None


@dataclass(frozen=True)
class SupportChanges(Event):
    kind: ClassVar[str] = "console.support_changes"
    title: ClassVar[str] = "включила изменения"


@dataclass(frozen=True)
class SupportLeft(Event):
    kind: ClassVar[str] = "console.support_left"
    title: ClassVar[str] = "вышла из компании"


FACTS: tuple[type[Event], ...] = (
    CompanySuspended,
    CompanyRestored,
    CompanyRenamed,
    SupportAllowed,
    SupportForbidden,
    SupportCame,
    SupportChanges,
    SupportLeft,
)
