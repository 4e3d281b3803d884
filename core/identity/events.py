"""Facts about users and what they may do."""

from dataclasses import dataclass
from typing import ClassVar

from core.events.bus import Event


@dataclass(frozen=True)
class UserJoined(Event):
    """Somebody can sign in now; the registry learns his company by this fact."""

    kind: ClassVar[str] = "identity.user_joined"
    title: ClassVar[str] = "присоединился(ась) к компании"
    user_id: int


@dataclass(frozen=True)
class AccessChanged(Event):
    """What a principal may do has changed: roles, block, sessions. Open sockets are checked again."""

    kind: ClassVar[str] = "identity.access_changed"
    title: ClassVar[str] = "изменил(а) доступ"
    principal_id: int
    reason: str
