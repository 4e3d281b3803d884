"""Who calls: by the session cookie or by a bearer token, in the open company scope."""

from dataclasses import dataclass

from django.conf import settings

from core.access.actor import Actor
from core.access.loading import actor_by_secret
from core.errors import NotSignedIn

from .request import Request

BEARER = "Bearer "


@dataclass(frozen=True)
class Caller:
    actor: Actor | None = None
    by_cookie: bool = False
    secret: str = ""


def actor_of(request: Request) -> Caller:
    """The caller of a request; a wrong or dead bearer token is an error, a dead cookie is nobody."""
    header = request.META.get("HTTP_AUTHORIZATION", "")
    if header:
        secret = header.removeprefix(BEARER) if header.startswith(BEARER) else ""
        found = actor_by_secret(secret, kind="token", door="token") if secret else None
        if found is None:
            raise NotSignedIn("Ключ доступа неверен или отозван")
        return Caller(found)
    secret = request.COOKIES.get(settings.SESSION_COOKIE, "")
    found = actor_by_secret(secret, kind="browser", door="screen") if secret else None
    return Caller(found, by_cookie=found is not None, secret=secret)
