"""Default deny: an operation that declares no access answers nobody."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from rest_framework.permissions import BasePermission

from core.access.loading import SUPPORT
from core.access.permissions import Permission
from core.entitlements.port import must_be_open, must_hold
from core.errors import AccessClosed, Forbidden, KeyReadsOnly, ModuleOff, NotSignedIn, SupportLooksOnly, SupportMayNot
from core.identity.queries import is_shut_out
from core.organization.models import Employee

from .csrf import SAFE


@dataclass(frozen=True)
class Access:
    """What an operation asks of its caller.

    `anonymous`: anybody on this host. Otherwise a signed-in actor, with `permission` where one is named (held in any
    scope; which rows it reaches is the query's matter). `guests` are refused unless said.
    """

    permission: Permission | None = None
    anonymous: bool = False


ANYBODY = Access(anonymous=True)
SIGNED_IN = Access()


def needs(permission: Permission) -> Access:
    return Access(permission)


class DeclaredAccess(BasePermission):
    """Checks the view's `access` table: {operation: Access}, operation being the action or the lower-case method."""

    def has_permission(self, request: Any, view: Any) -> bool:
        if request.method == "OPTIONS":
            return True
        asked = "get" if request.method == "HEAD" else request.method.lower()
        operation = getattr(view, "action", None) or asked
        declared = view.access.get(operation)
        if declared is None:
            view.http_method_not_allowed(request)
            raise Forbidden(operation=operation)
        module = getattr(view, "module", None)
        if module and request.company and module not in request.company.modules:
            raise ModuleOff(module=module)
        if request.actor is None and not declared.anonymous:
            raise _why_nobody(request)
        if request.company:
            _must_be_paid(request, view, module)
        if declared.anonymous:
            return True
        if request.actor.door == SUPPORT:
            _must_suit_support(request, view)
        elif request.actor.reads_only and request.method not in SAFE:
            raise KeyReadsOnly()
        if declared.permission is not None:
            request.actor.must(declared.permission)
        return True


def _why_nobody(request: Any) -> NotSignedIn:
    """A password does not help whoever has been let go: his browser, and no other, hears of it."""
    secret = request.COOKIES.get(settings.SESSION_COOKIE, "")
    return AccessClosed() if request.company and secret and is_shut_out(secret) else NotSignedIn()


def _must_suit_support(request: Any, view: Any) -> None:
    """The same question for every endpoint: the service's people look, then change cards, and come to no secret.

    Who may come in, what he may, how he proves himself, what is paid and taken out belongs to none of them: these are
    no cards. An employee's card is his account as well. Errors: SupportLooksOnly, SupportMayNot.
    """
    if getattr(view, "for_support", False):
        return
    if request.method in SAFE:
        if getattr(view, "closed_to_support", False):
            raise SupportMayNot()
        return
    kind = getattr(view, "kind", None)
    if kind is None or kind.model is Employee:
        raise SupportMayNot()
    if request.actor.reads_only:
        raise SupportLooksOnly()


def _must_be_paid(request: Any, view: Any, module: str | None) -> None:
    """The same question for every endpoint, told from the snapshot. Errors: ReadsOnly, Suspended, NotInPlan."""
    writes = request.method not in SAFE and not getattr(view, "is_reading", False)
    if not getattr(view, "works_unpaid", False):
        must_be_open(request.company, writes=writes)
    if module and writes:
        must_hold(request.company.allowance, module)
