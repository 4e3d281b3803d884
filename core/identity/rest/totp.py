"""The second factor: setting up, turning on and off."""

import segno
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from core.identity.actions.recovery import prove_password
from core.identity.actions.totp import set_up, turn_off, turn_on
from core.rest.access import SIGNED_IN
from core.rest.request import Request

from .browser import OwnAccountView, SecretView, read, visitor_of
from .serializers import OwnPasswordForm, RecoveryOut, TotpCodeForm, TotpOut, TotpSetupOut


class TotpView(SecretView):
    access = {"get": SIGNED_IN}

    @extend_schema(responses={200: TotpOut})
    def get(self, request: Request) -> Response:
        user = self.user()
        return Response({"enabled": user.has_totp, "recovery_left": len(user.recovery_hashes)})


class TotpSetupView(OwnAccountView):
    """Asks for the password, lest a stranger at an open browser put his own authenticator in place."""

    access = {"post": SIGNED_IN}

    @extend_schema(request=OwnPasswordForm, responses={200: TotpSetupOut})
    def post(self, request: Request) -> Response:
        user, password = self.user(), read(OwnPasswordForm, request)["password"]
        prove_password(user, password, visitor=visitor_of(request), field="password")
        setup = set_up(user)
        picture = segno.make(setup.otpauth_url, error="m").svg_inline(scale=5, border=2)
        return Response({"secret": setup.secret, "otpauth_url": setup.otpauth_url, "qr_svg": picture})


class TotpConfirmView(OwnAccountView):
    """Whoever has a code of the new secret has given the password to see it."""

    access = {"post": SIGNED_IN}

    @extend_schema(request=TotpCodeForm, responses={200: RecoveryOut})
    def post(self, request: Request) -> Response:
        codes = turn_on(self.user(), read(TotpCodeForm, request)["code"], by=self.actor)
        return Response({"recovery_codes": codes})


class TotpDisableView(OwnAccountView):
    access = {"post": SIGNED_IN}

    @extend_schema(request=OwnPasswordForm, responses={204: None})
    def post(self, request: Request) -> Response:
        user, password = self.user(), read(OwnPasswordForm, request)["password"]
        prove_password(user, password, visitor=visitor_of(request), field="password")
        turn_off(user, by=self.actor)
        return Response(status=204)
