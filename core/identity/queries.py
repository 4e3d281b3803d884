"""Reads of who may sign in."""

from django.db import connection
from django.utils import timezone

from core.context import current_company

from .models import Invitation, Principal, Session, User
from .secrets import digest

_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


def lock_seats() -> None:
    """Let nobody else take a seat in this company until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [f"{current_company().schema}:seats"])


def lock_invitations() -> None:
    """Let nobody else send an invitation of this company until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [f"{current_company().schema}:invitations"])


def is_shut_out(secret: str) -> bool:
    """Whether a browser's session, over by now, belongs to somebody whose access to the company has been closed."""
    mine = Session.objects.filter(secret_hash=digest(secret), kind=Session.Kind.BROWSER)
    return mine.filter(user__principal__is_active=False).exists()


def seats_taken(*, besides: str = "") -> int:
    """How many seats are in use: people who can sign in and living invitations by mail, but the one to `besides`."""
    people = User.objects.filter(principal__is_active=True, principal__kind=Principal.Kind.EMPLOYEE).count()
    invited = Invitation.objects.filter(
        kind=Invitation.Kind.MAIL,
        accepted_at__isnull=True,
        revoked_at__isnull=True,
        expires_at__gt=timezone.now(),
    )
    return people + invited.exclude(email=besides).count()
