"""The number of one's own card: a code to it, and the proof."""

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.identity.rest.browser import SecretView, read
from core.rest.access import SIGNED_IN, Access
from core.rest.request import Request

from ..phones.actions import ask_code, prove_phone
from ..phones.rules import CODE_SECONDS


class PhoneCodeOut(serializers.Serializer):
    """`expires_in` seconds."""

    expires_in = serializers.IntegerField()


class PhoneCodeIn(serializers.Serializer):
    code = serializers.CharField(max_length=20)


class PhoneCodeView(SecretView):
    """Sends the code."""

    works_unpaid = False
    limited = True
    access: ClassVar[dict[str, Access]] = {"post": SIGNED_IN}

    @extend_schema(request=None, responses={202: PhoneCodeOut})
    def post(self, request: Request) -> Response:
        ask_code(by=self.actor)
        return Response({"expires_in": CODE_SECONDS}, status=202)


class PhoneProofView(SecretView):
    """Takes the code."""

    works_unpaid = False
    limited = True
    access: ClassVar[dict[str, Access]] = {"post": SIGNED_IN}

    @extend_schema(request=PhoneCodeIn, responses={204: None})
    def post(self, request: Request) -> Response:
        prove_phone(read(PhoneCodeIn, request)["code"], by=self.actor)
        return Response(status=204)
