"""Building the actor of a request: one query for the session, grants from memory while the epoch stands."""

import threading
from collections import defaultdict
from typing import Any

from django.db.models import CharField, DateTimeField, QuerySet, Value
from django.utils import timezone

from core.compiled import Compiled, Slot
from core.context import current_company
from core.identity.models import Principal, Session
from core.identity.secrets import digest

from .actor import Actor, widest
from .limits import LimitRow, Limits, limit_rows, limits_in
from .models import Grant, Scope
from .permissions import EVERYTHING

_LIMIT = 20_000
# Stands where a limit has its kind of card; no kind is called so.
_GRANT = "grant"
# The door of the service's own people. They are let in by the company's consent and see what its owner sees; what they
# may change, and what they may not even see, is said in `core.rest.access` for every endpoint at once.
SUPPORT = "support"
# What the roles of a principal give, and what they keep him from.
_grants: dict[tuple[str, int, int], tuple[dict[str, str], Limits]] = {}
_lock = threading.Lock()


def actor_by_secret(secret: str, *, kind: str, door: str) -> Actor | None:
    """The actor of a live session or token in the open company scope; None when there is none."""
    found = _sessions.rows(secret_hash=digest(secret), kind=kind, now=timezone.now())
    if not found:
        return None
    session, user, seen, ends, reads_only, who, what, name, epoch, employee, department = found[0]
    is_support = what == Principal.Kind.SERVICE
    grants, limits = ({EVERYTHING: Scope.ALL.value}, {}) if is_support else _rights_at(who, epoch)
    return Actor(
        principal_id=who,
        kind=what,
        name=name,
        grants=grants,
        limits=limits,
        door=SUPPORT if is_support else door,
        employee_id=employee,
        department_id=department,
        user_id=user,
        session_id=session,
        seen_at=seen,
        ends_at=ends,
        reads_only=reads_only,
        access_epoch=epoch,
    )


def actor_of_principal(principal: Principal, *, door: str, **known: Any) -> Actor:
    """The actor around a principal, with the widest scope of each permission that its roles give."""
    employee = getattr(principal, "employee", None)
    grants, limits = _rights_at(principal.pk, principal.access_epoch)
    return Actor(
        principal_id=principal.pk,
        kind=principal.kind,
        name=principal.name,
        grants=grants,
        limits=limits,
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
    """Permission code → widest scope of what the principal's roles give."""
    return _rights_at(principal.pk, principal.access_epoch)[0]


def _given(principal_id: int) -> QuerySet:
    grants = Grant.objects.filter(role__assignments__principal=principal_id)
    return grants.annotate(sort=Value(_GRANT)).values_list("role_id", "sort", "permission", "scope")


def _live_sessions() -> QuerySet:
    text = CharField()
    rows = Session.objects.filter(
        secret_hash=Slot("secret_hash", text),
        kind=Slot("kind", text),
        revoked_at__isnull=True,
        expires_at__gt=Slot("now", DateTimeField()),
        user__principal__is_active=True,
    )
    who = "user__principal"
    return rows.values_list(
        "pk", "user_id", "last_seen_at", "expires_at", "reads_only", f"{who}_id", f"{who}__kind", f"{who}__name",
        f"{who}__access_epoch", f"{who}__employee", f"{who}__employee__department_id",
    )  # fmt: skip


_sessions = Compiled(_live_sessions)


def _rights_at(principal_id: int, epoch: int) -> tuple[dict[str, str], Limits]:
    """Remembered per company, principal and epoch: whatever changes rights moves the epoch."""
    key = (current_company().schema, principal_id, epoch)
    known = _grants.get(key)
    if known is not None:
        return known
    scopes: dict[str, list[str]] = defaultdict(list)
    limited: list[LimitRow] = []
    # Both in one statement: it is asked anew after every change of rights.
    for role, kind, what, how_far in _given(principal_id).union(limit_rows(principal_id), all=True):
        if kind == _GRANT:
            scopes[what].append(how_far)
        else:
            limited.append((role, kind, what, how_far))
    grants = {permission: widest(held) for permission, held in scopes.items()}
    found = (grants, {} if EVERYTHING in grants else limits_in(limited))
    with _lock:
        if len(_grants) >= _LIMIT:
            _grants.clear()
        _grants[key] = found
    return found
