"""Signing in and out."""

from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from core.context import current_company
from core.errors import AccessClosed
from core.identity.actions.sessions import sign_out
from core.identity.actions.sign_in import sign_in
from core.identity.models import Session
from core.identity.queries import is_shut_out
from core.rest.access import ANYBODY, SIGNED_IN
from core.rest.csrf import csrf_token
from core.rest.request import Request
from core.rest.views import CompanyView

from .browser import ProvingView, csrf_of, drop_cookie, face_of, give_cookies, read, replace_session, visitor_of
from .serializers import CsrfOut, SignInForm, StateOut, TokenOut


class StateView(CompanyView):
    """What the sign-in page shows before anybody is known."""

    works_unpaid = True
    access = {"get": ANYBODY}

    @extend_schema(responses={200: StateOut})
    def get(self, request: Request) -> Response:
        state = {
            "company": face_of(current_company()),
            "signed_in": request.actor is not None,
            "closed": "" if request.actor else _why_closed(request),
            "csrf_token": csrf_of(request, request.actor),
        }
        return Response(state)


def _why_closed(request: Request) -> str:
    """A sentence for the browser of somebody who was let go; no other browser hears it."""
    secret = request.COOKIES.get(settings.SESSION_COOKIE, "")
    return AccessClosed.title if secret and is_shut_out(secret) else ""


class SignInView(ProvingView):
    access = {"post": ANYBODY}

    @extend_schema(request=SignInForm, responses={200: CsrfOut})
    def post(self, request: Request) -> Response:
        form = read(SignInForm, request)
        visitor = visitor_of(request)
        opened = sign_in(**form, kind=Session.Kind.BROWSER, visitor=visitor)
        replace_session(request.actor)
        response = Response({"csrf_token": csrf_token(current_company().schema, opened.secret)})
        give_cookies(response, opened, visitor)
        return response


class ScriptTokenView(ProvingView):
    """The same door for programs: an opaque token instead of a cookie."""

    access = {"post": ANYBODY}
    door = "token"

    @extend_schema(request=SignInForm, responses={200: TokenOut})
    def post(self, request: Request) -> Response:
        form = read(SignInForm, request)
        opened = sign_in(**form, kind=Session.Kind.TOKEN, visitor=visitor_of(request), name="Вход из программы")
        return Response({"token": opened.secret, "expires_at": opened.session.expires_at})


class SignOutView(CompanyView):
    works_unpaid = True
    for_support = True
    access = {"post": SIGNED_IN}

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, *args: Any) -> Response:
        if self.actor.session_id is not None:
            sign_out(self.actor.session_id, by=self.actor)
        response = Response(status=204)
        drop_cookie(response)
        return response
