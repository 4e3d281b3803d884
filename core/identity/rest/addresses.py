"""Another address to sign in by: asked for, stopped. It is taken where the registry follows, in tenants/rest."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.identity.actions.addresses import ask_change, refuse_change, stop_change, waiting_change
from core.identity.models import User
from core.rest.access import ANYBODY, SIGNED_IN
from core.rest.request import Request

from .browser import OwnAccountView, SecretView, read, visitor_of
from .serializers import LinkForm


class EmailChangeForm(serializers.Serializer):
    """The new address, and the proof that it is oneself who asks; `code` where it is on."""

    email = serializers.CharField(max_length=254)
    password = serializers.CharField(max_length=1000, trim_whitespace=False)
    code = serializers.CharField(max_length=40, allow_blank=True, default="")


class EmailChangeOut(serializers.Serializer):
    """`wanted` waits for its proof until `ends_at`; both null when none does."""

    email = serializers.CharField()
    asks_code = serializers.BooleanField(help_text="a code is asked for beside the password")
    wanted = serializers.CharField(allow_null=True)
    ends_at = serializers.DateTimeField(allow_null=True)


class EmailChangeView(OwnAccountView):
    access = {"get": SIGNED_IN, "post": SIGNED_IN, "delete": SIGNED_IN}

    @extend_schema(responses={200: EmailChangeOut})
    def get(self, request: Request) -> Response:
        return Response(_out(self.user()))

    @extend_schema(request=EmailChangeForm, responses={202: EmailChangeOut})
    def post(self, request: Request) -> Response:
        """Answers the same whether somebody of the company has the address or not."""
        form = read(EmailChangeForm, request)
        return Response(_out(ask_change(self.user(), **form, visitor=visitor_of(request), by=self.actor)), status=202)

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        stop_change(self.user(), by=self.actor)
        return Response(status=204)


class EmailRefusalView(SecretView):
    """«Это не я»: the link of the letter leads to a page that posts its token here."""

    limited = True
    access = {"post": ANYBODY}

    @extend_schema(request=LinkForm, responses={204: None})
    def post(self, request: Request) -> Response:
        refuse_change(**read(LinkForm, request), visitor=visitor_of(request))
        return Response(status=204)


def _out(user: User) -> dict[str, Any]:
    wanted, ends = waiting_change(user) or (None, None)
    return {"email": user.email, "asks_code": user.has_totp, "wanted": wanted, "ends_at": ends}
