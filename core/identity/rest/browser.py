"""What a request tells of its sender, and the cookie that makes a browser known."""

from datetime import timedelta
from typing import Any, cast

from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from core.access.actor import Actor
from core.access.loading import SUPPORT
from core.context import Company, company_scope, current_company
from core.errors import NotSignedIn
from core.identity.actions.sessions import BROWSER_LIFE, Opened, sign_out
from core.identity.actions.sign_in import note_failure
from core.identity.attempts import Visitor
from core.identity.devices import LIFE as DEVICE_LIFE
from core.identity.devices import device_cookie
from core.identity.errors import Failure, NotByToken
from core.identity.models import User
from core.rest.csrf import csrf_token
from core.rest.request import Request
from core.rest.views import CompanyView, ScopedView


def visitor_of(request: Request) -> Visitor:
    """The peer; behind a proxy the server has already put the forwarded address there."""
    device = request.COOKIES.get(settings.DEVICE_COOKIE, "")
    return Visitor(request.META.get("REMOTE_ADDR", ""), request.META.get("HTTP_USER_AGENT", "")[:300], device)


def read(form: type[Serializer], request: Request) -> dict[str, Any]:
    """The body's checked values."""
    filled = form(data=request.data)
    filled.is_valid(raise_exception=True)
    return cast(dict[str, Any], filled.validated_data)


def give_cookies(response: HttpResponse, opened: Opened, visitor: Visitor) -> None:
    """Make the browser keep a session, and that its person has come in by it: that outlives the session."""
    _keep(response, settings.SESSION_COOKIE, opened.secret, BROWSER_LIFE)
    keep_device(response, opened.session.user_id, visitor)


def keep_device(response: HttpResponse, user_id: int, visitor: Visitor) -> None:
    """Make the browser known as one by which this account has come in."""
    _keep(response, settings.DEVICE_COOKIE, device_cookie(user_id, visitor.device), DEVICE_LIFE)


def _keep(response: HttpResponse, name: str, value: str, life: timedelta) -> None:
    """For this host only, out of scripts' reach."""
    response.set_cookie(
        name,
        value,
        max_age=int(life.total_seconds()),
        path="/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def drop_cookie(response: HttpResponse) -> None:
    response.delete_cookie(settings.SESSION_COOKIE, path="/", samesite="Lax")


def csrf_of(request: Request, actor: Actor | None) -> str | None:
    """The token that this browser's writes must carry; None for programs and strangers."""
    if actor is None or actor.door not in ("screen", SUPPORT):
        return None
    return csrf_token(current_company().schema, request.COOKIES[settings.SESSION_COOKIE])


def face_of(company: Company) -> dict[str, Any]:
    """What anybody on a company's host sees of it."""
    return {"slug": company.slug, "name": company.name, "accent": company.accent, "logo_url": company.logo_url}


class SecretView(CompanyView):
    """A door through which secrets pass: neither its requests nor its answers are remembered for repetition."""

    works_unpaid = True
    closed_to_support = True

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        request.META.pop("HTTP_IDEMPOTENCY_KEY", None)
        super().initial(request, *args, **kwargs)

    def user(self) -> User:
        """The signed-in user with his principal."""
        return User.objects.select_related("principal").get(pk=user_id_of(self.actor))


class Proving(ScopedView):
    """A door where people prove who they are: refusals are written to the audit after their rollback."""

    door = "screen"
    limited = True
    failure: Failure | None = None

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        if self.failure is not None:
            with company_scope(request.company):
                note_failure(self.failure, visitor=visitor_of(request), door=self.door)
        return response

    def handle_exception(self, failure: Exception) -> Response:
        self.failure = getattr(failure, "failure", None)
        return super().handle_exception(failure)


class ProvingView(Proving, SecretView):
    """Such a door whose whole work is in the company."""


class OwnAccountView(ProvingView):
    """Changes by what a person proves himself: done in a browser, never by a token, which would outlive itself so."""

    takes_tokens = False

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if self.actor.door != "screen":
            raise NotByToken()


def replace_session(actor: Actor | None) -> None:
    """End the session this browser has come with, because it gets a new one."""
    if actor is not None and actor.session_id is not None and actor.door == "screen":
        sign_out(actor.session_id, by=actor)


def user_id_of(actor: Actor) -> int:
    """The account behind an actor; services and the product itself have none and are told to sign in."""
    if actor.user_id is None:
        raise NotSignedIn()
    return actor.user_id
