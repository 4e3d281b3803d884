"""Writes come from our own pages only.

All companies are same-site to one another, so SameSite cookies do not help: Sec-Fetch-Site must say same-origin (or
none), Origin must be this very host, and a cookie session proves itself by a token derived from its secret.
"""

from django.conf import settings

from core.errors import CrossSite
from core.identity.secrets import keyed_for, same

from .request import Request

SAFE = ("GET", "HEAD", "OPTIONS")
# Stands where a session of the operators' console has no company; no schema is called so.
CONSOLE = "console"


def csrf_token(schema: str, secret: str) -> str:
    """The token of one session in one company; the console's sessions have `CONSOLE` for it."""
    return keyed_for(schema, "csrf", secret)


def refuse_cross_site(request: Request, *, signed_in_by_cookie: bool, secret: str = "") -> None:
    """Raise CrossSite for a write from a foreign page; programs with a bearer token send neither header."""
    if request.method in SAFE:
        return
    if request.META.get("HTTP_SEC_FETCH_SITE", "none") not in ("same-origin", "none"):
        raise CrossSite()
    origin = request.META.get("HTTP_ORIGIN")
    if origin is not None and origin != f"{settings.PUBLIC_SCHEME}://{request.META.get('HTTP_HOST', '')}".lower():
        raise CrossSite()
    if not signed_in_by_cookie:
        return
    expected = csrf_token(request.company.schema if request.company else CONSOLE, secret)
    if not same(request.META.get("HTTP_X_CSRF_TOKEN", ""), expected):
        raise CrossSite()
