"""Sessions of browsers and API tokens: opened, listed, revoked."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from core.access.actor import Actor
from core.errors import NotFound
from core.events.bus import emit
from core.identity.attempts import Visitor
from core.identity.errors import Failure, InvalidCredentials, ShutOut
from core.identity.events import SessionsRevoked, SignedOut, TokenMade, TokenRevoked
from core.identity.models import Principal, Session, User
from core.identity.secrets import digest, new_secret
from core.verb import verb

from .epoch import card_of, move_epochs

BROWSER_LIFE = timedelta(days=30)
SCRIPT_LIFE = timedelta(days=30)
SEEN_EVERY = timedelta(minutes=5)


@dataclass(frozen=True)
class Opened:
    """A new session with its secret, which is known only now."""

    session: Session
    secret: str


@verb
def open_session(
    user: User, *, kind: str, life: timedelta, visitor: Visitor, name: str = "", reads_only: bool = False
) -> Opened:
    """Open a session of a user as he was when he proved himself; always a new secret, whatever the browser brought.

    InvalidCredentials when his password was changed meanwhile, ShutOut when he was blocked.
    """
    _must_stand(user)
    now = timezone.now()
    secret = new_secret()
    session = Session.objects.create(
        user=user,
        kind=kind,
        secret_hash=digest(secret),
        name=name,
        user_agent=visitor.user_agent[:300],
        ip=visitor.ip,
        # A key is not at work yet; what lies before its making is noted at the first call.
        last_seen_at=now if kind == Session.Kind.BROWSER else now - 2 * SEEN_EVERY,
        expires_at=now + life,
        reads_only=reads_only,
    )
    return Opened(session, secret)


@verb
def make_token(user: User, *, name: str, days: int, visitor: Visitor, by: Actor, reads_only: bool = False) -> Opened:
    """Make a named API token good for `days`; with `reads_only` nothing can be changed by it."""
    life = timedelta(days=days)
    opened = open_session(user, kind=Session.Kind.TOKEN, life=life, visitor=visitor, name=name, reads_only=reads_only)
    emit(TokenMade(card_of(user.principal_id), name=name, session_id=opened.session.pk), by=by)
    return opened


@verb
def sign_out(session_id: int, *, by: Actor) -> None:
    """End the session in which the person works."""
    _revoke(Session.objects.filter(pk=session_id))
    emit(SignedOut(card_of(by.principal_id)), by=by)
    move_epochs([by.principal_id], reason="sessions", by=by)


@verb
def revoke_one(session_id: int, *, by: Actor) -> None:
    """End one of the person's own sessions or tokens; NotFound for anybody else's."""
    session = live_sessions(by.user_id or 0).filter(pk=session_id).first()
    if session is None:
        raise NotFound()
    _revoke(Session.objects.filter(pk=session_id))
    if session.kind == Session.Kind.TOKEN:
        emit(TokenRevoked(card_of(by.principal_id), name=session.name, session_id=session.pk), by=by)
    else:
        emit(SessionsRevoked(card_of(by.principal_id), count=1), by=by)
    move_epochs([by.principal_id], reason="sessions", by=by)


@verb
def revoke_all(user: User, *, keeping: int | None = None, by: Actor) -> int:
    """End all sessions and tokens of a user but the one kept; how many."""
    # Whoever is opening a session now either has written it, or will find what made us end the others.
    lock_user(user)
    ended = _revoke(live_sessions(user.pk).exclude(pk=keeping or 0))
    if ended:
        emit(SessionsRevoked(card_of(user.principal_id), count=ended), by=by)
    move_epochs([user.principal_id], reason="sessions", by=by)
    return ended


def note_seen(session_id: int) -> None:
    """Remember that a session is at work, at most once in `SEEN_EVERY`; in a short scope of its own."""
    now = timezone.now()
    Session.objects.filter(pk=session_id, last_seen_at__lt=now - SEEN_EVERY).update(last_seen_at=now)


def lock_user(user: User) -> User:
    """The account as it stands now, kept from other changes of it until the transaction ends."""
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)


def live_sessions(user_id: int) -> QuerySet[Session]:
    return Session.objects.filter(user_id=user_id, revoked_at__isnull=True, expires_at__gt=timezone.now())


def _must_stand(user: User) -> None:
    # Two statements: a joined row would be as it was before we waited for the lock.
    if lock_user(user).password != user.password:
        raise InvalidCredentials(Failure("password", user.pk))
    if not Principal.objects.filter(pk=user.principal_id, is_active=True).exists():
        raise ShutOut(Failure("blocked", user.pk))


def _revoke(sessions: QuerySet[Session]) -> int:
    return sessions.filter(revoked_at__isnull=True).update(revoked_at=timezone.now())
