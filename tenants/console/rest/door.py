"""The console's own door: signing in and out, the second factor, sessions and keys of one's own."""

from typing import Any

import segno
from django.conf import settings
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from core.context import control_scope
from core.identity.agents import browser_name
from core.identity.attempts import Visitor
from core.identity.errors import Failure, NotByToken
from core.identity.rest.browser import drop_cookie, keep_device, read, visitor_of
from core.identity.rest.serializers import (
    CsrfOut,
    PasswordForm,
    RecoveryOut,
    SignInForm,
    TotpCodeForm,
    TotpSetupOut,
)
from core.rest.access import ANYBODY, SIGNED_IN
from core.rest.csrf import CONSOLE, csrf_token
from core.rest.request import Request
from tenants.console.actions.operators import (
    BROWSER_LIFE,
    change_password,
    make_key,
    note_failure,
    revoke_session,
    set_up_totp,
    sign_in,
    sign_out,
    turn_on_totp,
)
from tenants.console.models import OperatorSession
from tenants.console.queries import live_sessions

from .base import ConsoleView
from .serializers import KeyForm, NewKey, OperatorMe, OperatorSessions, StateOfConsole
from .shown import me_of


class StateView(ConsoleView):
    """What the page shows before anybody is known."""

    before_totp = True
    access = {"get": ANYBODY}

    @extend_schema(responses={200: StateOfConsole})
    def get(self, request: Request) -> Response:
        by = self.operator_or_none
        has_cookie = by is not None and by.door == "screen"
        told = {
            "signed_in": by is not None,
            "totp_needed": by is not None and not by.operator.has_totp,
            "csrf_token": csrf_token(CONSOLE, request.session_secret) if has_cookie else None,
        }
        return Response(told)


class MeView(ConsoleView):
    """Who I am and what I may."""

    access = {"get": SIGNED_IN}

    @extend_schema(responses={200: OperatorMe})
    def get(self, request: Request) -> Response:
        return Response(me_of(self.operator))


class ProvingView(ConsoleView):
    """A door where operators prove who they are: refusals are written to the journal after their rollback."""

    before_totp = True
    limited = True
    failure: Failure | None = None

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        if self.failure is not None:
            data = getattr(self.request, "data", {})
            email = data.get("email", "") if isinstance(data, dict) else ""
            with control_scope():
                note_failure(self.failure, email=str(email), visitor=_visitor(request))
        return response

    def handle_exception(self, failure: Exception) -> Response:
        self.failure = getattr(failure, "failure", None)
        return super().handle_exception(failure)


class OwnAccountView(ProvingView):
    """Changes by what an operator proves himself: in a browser, never by a key, which would outlive itself so."""

    takes_tokens = False

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:  # type: ignore[override]
        super().initial(request, *args, **kwargs)
        if self.operator.door != "screen":
            raise NotByToken()


class SignInView(ProvingView):
    access = {"post": ANYBODY}

    @extend_schema(request=SignInForm, responses={200: CsrfOut})
    def post(self, request: Request) -> Response:
        form = read(SignInForm, request)
        visitor = visitor_of(request)
        opened = sign_in(**form, visitor=visitor)
        if (former := self.operator_or_none) is not None and former.door == "screen":
            sign_out(former)
        response = Response({"csrf_token": csrf_token(CONSOLE, opened.secret)})
        response.set_cookie(
            settings.SESSION_COOKIE,
            opened.secret,
            max_age=int(BROWSER_LIFE.total_seconds()),
            path="/",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        keep_device(response, opened.operator.pk, visitor)
        return response


class SignOutView(ConsoleView):
    before_totp = True
    access = {"post": SIGNED_IN}

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request) -> Response:
        sign_out(self.operator)
        response = Response(status=204)
        drop_cookie(response)
        return response


class TotpSetupView(OwnAccountView):
    """For whoever has none yet: he has signed in by his password a moment ago."""

    access = {"post": SIGNED_IN}

    @extend_schema(request=None, responses={200: TotpSetupOut})
    def post(self, request: Request) -> Response:
        setup = set_up_totp(self.operator)
        picture = segno.make(setup.otpauth_url, error="m").svg_inline(scale=5, border=2)
        return Response({"secret": setup.secret, "otpauth_url": setup.otpauth_url, "qr_svg": picture})


class TotpConfirmView(OwnAccountView):
    access = {"post": SIGNED_IN}

    @extend_schema(request=TotpCodeForm, responses={200: RecoveryOut})
    def post(self, request: Request) -> Response:
        return Response({"recovery_codes": turn_on_totp(read(TotpCodeForm, request)["code"], by=self.operator)})


class PasswordView(OwnAccountView):
    access = {"post": SIGNED_IN}

    @extend_schema(request=PasswordForm, responses={204: None})
    def post(self, request: Request) -> Response:
        form = read(PasswordForm, request)
        change_password(current=form["current"], new=form["new"], by=self.operator)
        return Response(status=204)


class SessionsView(ConsoleView):
    """Where I am signed in, and my keys."""

    access = {"get": SIGNED_IN}

    @extend_schema(responses={200: OperatorSessions})
    def get(self, request: Request) -> Response:
        mine = live_sessions(self.operator.operator.pk)
        return Response({"results": [session_line(row, self.operator.session_id) for row in mine]})


class SessionView(ConsoleView):
    access = {"delete": SIGNED_IN}

    @extend_schema(responses={204: None})
    def delete(self, request: Request, session_id: int) -> Response:
        revoke_session(session_id, by=self.operator)
        response = Response(status=204)
        if session_id == self.operator.session_id:
            drop_cookie(response)
        return response


class KeysView(OwnAccountView):
    """Asks for the password, because a key may outlive the session that made it."""

    before_totp = False
    access = {"post": SIGNED_IN}

    @extend_schema(request=KeyForm, responses={201: NewKey})
    def post(self, request: Request) -> Response:
        made = make_key(**read(KeyForm, request), by=self.operator)
        body = {"id": made.session.pk, "token": made.secret, "expires_at": made.session.expires_at}
        return Response(body, status=201)


def session_line(row: OperatorSession, current: int | None) -> dict[str, Any]:
    return {
        "id": row.pk,
        "kind": row.kind,
        "name": row.name or browser_name(row.user_agent),
        "ip": row.ip,
        "reads_only": row.reads_only,
        "created_at": row.created_at,
        "last_seen_at": row.last_seen_at,
        "expires_at": row.expires_at,
        "current": row.pk == current,
    }


def _visitor(request: Any) -> Visitor:
    return Visitor(request.META.get("REMOTE_ADDR", ""), request.META.get("HTTP_USER_AGENT", "")[:300])
