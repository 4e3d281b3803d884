"""Who calls the console: an operator by his session cookie or by a key."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from core.access.permissions import Permission
from core.errors import Forbidden, NotSignedIn
from core.identity.attempts import Visitor
from core.identity.secrets import digest
from core.rest.callers import BEARER
from core.rest.request import Request

from .models import Operator, OperatorSession
from .permissions import given_by


@dataclass(frozen=True)
class OperatorActor:
    """An operator at work: he stands to the console as `Actor` stands to a company."""

    operator: Operator
    session_id: int | None = None
    door: str = "screen"
    reads_only: bool = False
    seen_at: datetime | None = None
    visitor: Visitor = field(default_factory=Visitor)
    # Fields that his roles keep him from: the console's answers have none, and every answer is asked.
    limits: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def may(self, permission: Permission) -> bool:
        return permission in given_by(self.operator.role)

    def must(self, permission: Permission) -> None:
        """Refuse unless the operator's role gives it."""
        if not self.may(permission):
            raise Forbidden(
                "Ваша роль в консоли этого не позволяет. Попросите главного оператора", permission=permission.code
            )


@dataclass(frozen=True)
class Caller:
    actor: OperatorActor | None = None
    by_cookie: bool = False
    secret: str = ""


def operator_of(request: Request, visitor: Visitor) -> Caller:
    """The caller of a request; a wrong or dead key is an error, a dead cookie is nobody. In a control scope."""
    header = request.META.get("HTTP_AUTHORIZATION", "")
    if header:
        secret = header.removeprefix(BEARER) if header.startswith(BEARER) else ""
        found = _by_secret(secret, OperatorSession.Kind.TOKEN, "token", visitor) if secret else None
        if found is None:
            raise NotSignedIn("Ключ доступа неверен или отозван")
        return Caller(found)
    secret = request.COOKIES.get(settings.SESSION_COOKIE, "")
    found = _by_secret(secret, OperatorSession.Kind.BROWSER, "screen", visitor) if secret else None
    return Caller(found, by_cookie=found is not None, secret=secret)


def _by_secret(secret: str, kind: str, door: str, visitor: Visitor) -> OperatorActor | None:
    rows = OperatorSession.objects.select_related("operator").filter(
        secret_hash=digest(secret),
        kind=kind,
        revoked_at__isnull=True,
        expires_at__gt=timezone.now(),
        operator__is_active=True,
    )
    session = rows.first()
    if session is None:
        return None
    return OperatorActor(session.operator, session.pk, door, session.reads_only, session.last_seen_at, visitor)
