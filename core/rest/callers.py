"""Who calls: by the session cookie or by a bearer token, in the open company scope."""

import logging
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils import timezone

from core.access.actor import Actor
from core.access.loading import SUPPORT, actor_by_secret
from core.askers import Asker
from core.budgets import cost_of, note_looked_up
from core.companies import note_work
from core.context import Company, company_scope, current_company
from core.errors import NotSignedIn
from core.identity.actions.sessions import SEEN_EVERY, note_seen

from .request import Request

log = logging.getLogger(__name__)
BEARER = "Bearer "
_DOORS = {"token": "token", "browser": "screen"}


@dataclass(frozen=True)
class Caller:
    actor: Actor | None = None
    by_cookie: bool = False
    secret: str = ""


def asker_of(request: HttpRequest | Request) -> Asker:
    """Who asks, by what he brings: nobody has been looked up. A bearer token comes before the cookie."""
    address, header = request.META.get("REMOTE_ADDR", ""), request.META.get("HTTP_AUTHORIZATION", "")
    if header:
        return Asker(address, "token", header.removeprefix(BEARER) if header.startswith(BEARER) else "")
    return Asker(address, "browser", request.COOKIES.get(settings.SESSION_COOKIE, ""))


def actor_of(request: Request) -> Caller:
    """The caller of a request; a wrong or dead bearer token is an error, a dead cookie is nobody.

    Errors: NotSignedIn; CompanyBusy when what was brought is wrong and strangers have asked too often.
    """
    asker = asker_of(request)
    secret, kind = asker.secret, asker.kind
    found = actor_by_secret(secret, kind=kind, door=_DOORS[kind]) if secret else None
    cost = cost_of(str(request.method), request.path)
    note_looked_up(current_company(), cost, asker, is_right=found is not None)
    if kind == "browser":
        return Caller(found, by_cookie=found is not None, secret=secret)
    if found is None:
        raise NotSignedIn("Ключ доступа неверен или отозван")
    return Caller(found)


def remember_seen(company: Company, actor: Actor | None) -> None:
    """Note that the caller's session is at work, when it is time; after the request's own scope.

    Inside it the session's row would stay locked until the request ends.
    """
    if actor is None or actor.session_id is None or actor.seen_at is None:
        return
    if timezone.now() - actor.seen_at <= SEEN_EVERY:
        return
    try:
        with company_scope(company):
            note_seen(actor.session_id)
        if actor.door != SUPPORT:
            note_work(company.schema)
    except DatabaseError:
        # The request itself is done and answered; the next one notes it.
        log.warning("session %s could not be noted", actor.session_id, exc_info=True)
