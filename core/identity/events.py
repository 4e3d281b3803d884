"""Facts about users: how they came in and what they may do. `of` is the employee card of the person concerned."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from core.events.bus import Change, Event


@dataclass(frozen=True)
class AccountEvent(Event):
    """A fact about somebody's account: for himself and administrators, not for everybody who sees his card."""

    private: ClassVar[bool] = True


@dataclass(frozen=True)
class UserJoined(Event):
    """Somebody can sign in now; the registry learns his company by this fact."""

    kind: ClassVar[str] = "identity.user_joined"
    title: ClassVar[str] = "присоединился(ась) к компании"
    user_id: int


@dataclass(frozen=True)
class EmailProved(AccountEvent):
    """The address of a user is proved by a letter; only now the registry may know it."""

    kind: ClassVar[str] = "identity.email_proved"
    title: ClassVar[str] = "подтвердил(а) почту"
    user_id: int


@dataclass(frozen=True)
class EmailChangeAsked(AccountEvent):
    """Another address is to be the one to sign in by; nothing changes until it is proved."""

    kind: ClassVar[str] = "identity.email_change_asked"
    title: ClassVar[str] = "попросил(а) сменить адрес входа"
    wanted: str


@dataclass(frozen=True)
class EmailChangeStopped(AccountEvent):
    """`way`: settings, or letter («это не я» in the one to the present address)."""

    kind: ClassVar[str] = "identity.email_change_stopped"
    title: ClassVar[str] = "отменил(а) смену адреса входа"
    way: str


@dataclass(frozen=True)
class EmailChanged(AccountEvent):
    """`changes` tell the address by which one signs in, before and after."""

    kind: ClassVar[str] = "identity.email_changed"
    title: ClassVar[str] = "сменил(а) адрес входа"
    user_id: int
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class ConsentGiven(AccountEvent):
    """The founder has agreed to the terms and to the processing of personal data; `terms` is the day of their texts,
    `ip` the address from which he sent the form."""

    kind: ClassVar[str] = "identity.consent_given"
    title: ClassVar[str] = "дал(а) согласие на обработку персональных данных"
    terms: str
    given_at: str
    ip: str = ""


@dataclass(frozen=True)
class AccessChanged(AccountEvent):
    """What these principals may do has changed: roles, block, sessions. Open sockets are checked again."""

    kind: ClassVar[str] = "identity.access_changed"
    title: ClassVar[str] = "изменил(а) доступ"
    principal_ids: tuple[int, ...]
    reason: str


@dataclass(frozen=True)
class SignedIn(AccountEvent):
    """`way` is password, ticket, invitation, token or signup; `session_id` the session it opened."""

    kind: ClassVar[str] = "identity.signed_in"
    title: ClassVar[str] = "вошёл(ла) в систему"
    way: str
    session_id: int
    ip: str | None = None
    unusual: bool = False

    @classmethod
    def words(cls, payload: Mapping[str, Any]) -> str:
        # The browser comes in right after it: that alone is what a person calls signing in.
        return "получил(а) ключ для первого входа" if payload.get("way") == "signup" else cls.title


@dataclass(frozen=True)
class SignInFailed(AccountEvent):
    """`reason`: unknown, password, blocked, code or locked; `of` is None for an unknown address. Done by the system."""

    kind: ClassVar[str] = "identity.sign_in_failed"
    title: ClassVar[str] = "неудачная попытка входа"
    reason: str
    ip: str | None = None


@dataclass(frozen=True)
class SignedOut(AccountEvent):
    kind: ClassVar[str] = "identity.signed_out"
    title: ClassVar[str] = "вышел(ла) из системы"


@dataclass(frozen=True)
class SessionsRevoked(AccountEvent):
    kind: ClassVar[str] = "identity.sessions_revoked"
    title: ClassVar[str] = "завершил(а) сеансы"
    count: int


@dataclass(frozen=True)
class PasswordChanged(AccountEvent):
    """`way` is settings or letter."""

    kind: ClassVar[str] = "identity.password_changed"
    title: ClassVar[str] = "сменил(а) пароль"
    way: str


@dataclass(frozen=True)
class TotpTurnedOn(AccountEvent):
    kind: ClassVar[str] = "identity.totp_on"
    title: ClassVar[str] = "включил(а) вход по коду"


@dataclass(frozen=True)
class TotpTurnedOff(AccountEvent):
    kind: ClassVar[str] = "identity.totp_off"
    title: ClassVar[str] = "выключил(а) вход по коду"


@dataclass(frozen=True)
class RecoveryCodeUsed(AccountEvent):
    kind: ClassVar[str] = "identity.recovery_code_used"
    title: ClassVar[str] = "вошёл(ла) по запасному коду"
    remaining: int


@dataclass(frozen=True)
class TokenMade(AccountEvent):
    kind: ClassVar[str] = "identity.token_made"
    title: ClassVar[str] = "создал(а) ключ доступа"
    name: str
    session_id: int


@dataclass(frozen=True)
class TokenRevoked(AccountEvent):
    kind: ClassVar[str] = "identity.token_revoked"
    title: ClassVar[str] = "отозвал(а) ключ доступа"
    name: str
    session_id: int


@dataclass(frozen=True)
class InvitationSent(Event):
    """`of` is the inviter's card; `email` is empty for a link."""

    kind: ClassVar[str] = "identity.invitation_sent"
    title: ClassVar[str] = "пригласил(а) в компанию"
    invitation_id: int
    email: str
    role_code: str


@dataclass(frozen=True)
class InvitationRevoked(Event):
    kind: ClassVar[str] = "identity.invitation_revoked"
    title: ClassVar[str] = "отозвал(а) приглашение"
    invitation_id: int


@dataclass(frozen=True)
class InvitationAccepted(Event):
    """`of` is the card of the person who came."""

    kind: ClassVar[str] = "identity.invitation_accepted"
    title: ClassVar[str] = "принял(а) приглашение"
    invitation_id: int
    inviter: str = ""

    @classmethod
    def words(cls, payload: Mapping[str, Any]) -> str:
        return f"{cls.title}, которое прислал(а) {inviter}" if (inviter := payload.get("inviter")) else cls.title


FACTS = (
    UserJoined,
    ConsentGiven,
    EmailProved,
    EmailChangeAsked,
    EmailChangeStopped,
    EmailChanged,
    AccessChanged,
    SignedIn,
    SignInFailed,
    SignedOut,
    SessionsRevoked,
    PasswordChanged,
    TotpTurnedOn,
    TotpTurnedOff,
    RecoveryCodeUsed,
    TokenMade,
    TokenRevoked,
    InvitationSent,
    InvitationRevoked,
    InvitationAccepted,
)
