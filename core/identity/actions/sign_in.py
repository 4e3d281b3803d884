"""Coming in: by password, by a ticket from another host, out of an accepted invitation."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from core.access.actor import Actor
from core.access.loading import actor_of_principal, system_actor
from core.events.bus import emit
from core.identity.attempts import Visitor, count_try, forgive_tries
from core.identity.errors import Failure, InvalidCredentials, MfaRequired, ShutOut
from core.identity.events import SignedIn, SignInFailed
from core.identity.models import Principal, Session, User
from core.identity.passwords import matches
from core.verb import verb

from .epoch import card_of
from .sessions import BROWSER_LIFE, SCRIPT_LIFE, Opened, open_session
from .totp import spend_code

_DOORS: dict[str, str] = {Session.Kind.BROWSER: "screen", Session.Kind.TOKEN: "token"}
_LIVES: dict[str, timedelta] = {Session.Kind.BROWSER: BROWSER_LIFE, Session.Kind.TOKEN: SCRIPT_LIFE}
# What a founder gets with his company; a script may well ask for it from where he will never work.
FOUNDING_TOKEN = "Регистрация компании"
# It is asked for by nobody at the screen, so it does not lie about for a month.
FOUNDING_LIFE = timedelta(days=1)
_NOTICED_FOR = timedelta(days=90)


@verb
def sign_in(*, email: str, password: str, code: str, kind: str, visitor: Visitor, name: str = "") -> Opened:
    """Open a session of `kind` for whoever proves himself by password and, where it is on, a second factor.

    Errors: LockedOut, InvalidCredentials (unknown and wrong alike, in the same time), ShutOut (after the right password
    only), MfaRequired, MfaInvalid.
    """
    email = email.strip().lower()
    user = User.objects.select_related("principal__employee").filter(email=email).first()
    count_try(email, user, visitor)
    if not matches(password, user.password if user else "") or user is None:
        raise InvalidCredentials(Failure("password" if user else "unknown", user.pk if user else None))
    if not user.principal.is_active:
        raise ShutOut(Failure("blocked", user.pk))
    person = actor_of_principal(user.principal, door=_DOORS[kind], user_id=user.pk)
    if user.has_totp:
        if not code.strip():
            raise MfaRequired()
        spend_code(user, code, by=person)
    forgive_tries(email, user, visitor)
    way = "password" if kind == Session.Kind.BROWSER else "token"
    return enter(user, kind=kind, way=way, visitor=visitor, name=name)


@verb
def enter(
    user: User, *, kind: str, way: str, visitor: Visitor, name: str = "", life: timedelta | None = None
) -> Opened:
    """Open a session for a user who is known to be himself, and say so; it ends with `life` or as its kind does."""
    unusual = _is_unusual(user, visitor)
    opened = open_session(user, kind=kind, life=life or _LIVES[kind], visitor=visitor, name=name)
    User.objects.filter(pk=user.pk).update(last_sign_in_at=timezone.now())
    person = actor_of_principal(user.principal, door=_DOORS[kind], user_id=user.pk, session_id=opened.session.pk)
    fact = SignedIn(card_of(user.principal_id), way=way, session_id=opened.session.pk, ip=visitor.ip, unusual=unusual)
    emit(fact, by=person)
    return opened


def by_ticket(email: str, *, issued_at: datetime, moved: bool = False) -> User | None:
    """The user whom a ticket for a proved address lets in here; None when there is no such active user, or when he has
    changed his password since the ticket was given: that ended all other ways in. `moved` is said of a session of this
    very company, for which no address need be proved."""
    standing = Q(password_changed_at__isnull=True) | Q(password_changed_at__lte=issued_at)
    rows = User.objects.select_related("principal__employee").filter(standing)
    known = rows if moved else rows.filter(email_verified_at__isnull=False)
    return known.filter(email=email, principal__is_active=True).exclude(principal__kind=Principal.Kind.SERVICE).first()


@verb
def note_failure(failure: Failure, *, visitor: Visitor, door: str) -> None:
    """Remember a refused sign-in; called in a scope of its own, because the refusal has rolled its own back."""
    user = User.objects.filter(pk=failure.user_id or 0).first()
    card = card_of(user.principal_id if user else 0)
    doer: Actor = replace(system_actor(), door=door)
    emit(SignInFailed(card, reason=failure.reason, ip=visitor.ip), by=doer)


def _is_unusual(user: User, visitor: Visitor) -> bool:
    """Whether the person has come in lately, but never from this address with this browser."""
    lately = Session.objects.filter(user=user, ip__isnull=False, created_at__gt=timezone.now() - _NOTICED_FOR)
    seen = set(lately.exclude(kind=Session.Kind.TOKEN, name=FOUNDING_TOKEN).values_list("ip", "user_agent")[:500])
    return bool(seen) and (visitor.ip, visitor.user_agent[:300]) not in seen
