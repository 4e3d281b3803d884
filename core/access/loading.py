"""Building the actor of a request: one query for the session, grants from memory while the epoch stands."""

import threading
from collections import defaultdict
from datetime import timedelta
from typing import Any

from django.utils import timezone

from core.context import current_company
from core.identity.models import Principal, Session
from core.identity.secrets import digest

from .actor import Actor, widest
from .models import Grant

_SEEN_EVERY = timedelta(minutes=5)
_LIMIT = 20_000
_grants: dict[tuple[str, int, int], dict[str, str]] = {}
_lock = threading.Lock()


def actor_by_secret(secret: str, *, kind: str, door: str) -> tuple[Actor, Session] | None:
    """The actor of a live session or token in the open company scope; None when there is none."""
    session = (
        Session.objects.select_related("user__principal__employee")
        .filter(secret_hash=digest(secret), kind=kind, revoked_at__isnull=True, expires_at__gt=timezone.now())
        .filter(user__principal__is_active=True)
        .first()
    )
    if session is None:
        return None
    if timezone.now() - session.last_seen_at > _SEEN_EVERY:
        Session.objects.filter(pk=session.pk).update(last_seen_at=timezone.now())
    principal = session.user.principal
    return actor_of_principal(principal, door=door, user_id=session.user_id, session_id=session.pk), session


def actor_of_principal(principal: Principal, *, door: str, **known: Any) -> Actor:
    """The actor around a principal, with the widest scope of each permission that its roles give."""
    employee = getattr(principal, "employee", None)
    return Actor(
        principal_id=principal.pk,
        kind=principal.kind,
        name=principal.name,
        grants=grants_of(principal),
        door=door,
        employee_id=employee.pk if employee else None,
        department_id=employee.department_id if employee else None,
        access_epoch=principal.access_epoch,
        **known,
    )


def system_actor() -> Actor:
    """The product itself, for what no person does."""
    system = Principal.objects.get(kind=Principal.Kind.SYSTEM)
    return Actor(system.pk, system.kind, system.name, door="job")


def grants_of(principal: Principal) -> dict[str, str]:
    """Permission code → widest scope; remembered per company, principal and epoch."""
    key = (current_company().schema, principal.pk, principal.access_epoch)
    known = _grants.get(key)
    if known is not None:
        return known
    scopes: dict[str, list[str]] = defaultdict(list)
    rows = Grant.objects.filter(role__assignments__principal=principal).values_list("permission", "scope")
    for permission, scope in rows:
        scopes[permission].append(scope)
    found = {permission: widest(held) for permission, held in scopes.items()}
    with _lock:
        if len(_grants) >= _LIMIT:
            _grants.clear()
        _grants[key] = found
    return found
