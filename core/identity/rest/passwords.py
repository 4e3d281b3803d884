"""Changing a password, setting a forgotten one anew, proving an address."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from core.identity.actions.recovery import ask_reset, change_password, prove_email, reset_password, send_proof
from core.rest.access import ANYBODY, SIGNED_IN
from core.rest.request import Request

from .browser import ProvingView, SecretView, read, visitor_of
from .serializers import LinkForm, PasswordForm, ResetConfirmForm, ResetForm


class PasswordView(ProvingView):
    access = {"post": SIGNED_IN}

    @extend_schema(request=PasswordForm, responses={204: None})
    def post(self, request: Request) -> Response:
        form = read(PasswordForm, request)
        change_password(self.user(), **form, visitor=visitor_of(request), by=self.actor)
        return Response(status=204)


class ResetView(SecretView):
    """Answers the same whether the address is known or not."""

    limited = True
    access = {"post": ANYBODY}

    @extend_schema(request=ResetForm, responses={202: None})
    def post(self, request: Request) -> Response:
        ask_reset(**read(ResetForm, request), visitor=visitor_of(request))
        return Response(status=202)


class ResetConfirmView(SecretView):
    limited = True
    access = {"post": ANYBODY}

    @extend_schema(request=ResetConfirmForm, responses={204: None})
    def post(self, request: Request) -> Response:
        reset_password(**read(ResetConfirmForm, request), visitor=visitor_of(request))
        return Response(status=204)


class ProofView(SecretView):
    """The link of the letter leads to a page that posts its token here."""

    limited = True
    access = {"post": ANYBODY}

    @extend_schema(request=LinkForm, responses={204: None})
    def post(self, request: Request) -> Response:
        prove_email(**read(LinkForm, request), visitor=visitor_of(request))
        return Response(status=204)


class ProofLetterView(SecretView):
    access = {"post": SIGNED_IN}

    @extend_schema(request=None, responses={202: None})
    def post(self, request: Request) -> Response:
        user = self.user()
        if user.email_verified_at is None:
            send_proof(user)
        return Response(status=202)
