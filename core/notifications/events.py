"""Facts about notices."""

from dataclasses import dataclass
from typing import ClassVar

from core.events.bus import Event


@dataclass(frozen=True)
class PolicyChanged(Event):
    kind: ClassVar[str] = "notifications.policy_changed"
    title: ClassVar[str] = "изменил(а) правила уведомлений компании"
    private: ClassVar[bool] = True


@dataclass(frozen=True)
class ChatLinked(Event):
    kind: ClassVar[str] = "notifications.chat_linked"
    title: ClassVar[str] = "подключил(а) Telegram"
    private: ClassVar[bool] = True


@dataclass(frozen=True)
class PhoneProved(Event):
    """A person has shown that the number in his card is his."""

    kind: ClassVar[str] = "notifications.phone_proved"
    title: ClassVar[str] = "подтвердил(а) номер телефона"
    private: ClassVar[bool] = True


@dataclass(frozen=True)
class BrowserSubscribed(Event):
    """`name` is that of the browser: «Chrome, Windows»."""

    kind: ClassVar[str] = "notifications.browser_subscribed"
    title: ClassVar[str] = "включил(а) уведомления в браузере"
    private: ClassVar[bool] = True
    name: str


@dataclass(frozen=True)
class BrowserLetGo(Event):
    kind: ClassVar[str] = "notifications.browser_let_go"
    title: ClassVar[str] = "отключил(а) уведомления в браузере"
    private: ClassVar[bool] = True
    name: str


@dataclass(frozen=True)
class ChatUnlinked(Event):
    kind: ClassVar[str] = "notifications.chat_unlinked"
    title: ClassVar[str] = "отключил(а) Telegram"
    private: ClassVar[bool] = True
