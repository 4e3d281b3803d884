"""Outside services in the settings of a company."""

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from core.errors import NotFound
from core.rest.access import Access, needs
from core.rest.request import Request
from core.rest.views import CompanyView

from ..actions import ask_to_check, connect
from ..permissions import MANAGE
from ..queries import gateway
from ..rules import TITLES
from .serializers import GatewayIn, GatewayOut, GatewaysOut, gateway_out

_OPTIONS = ("details", "sender", "provider", "address", "body", "accepted")
_KEYS = ("token", "login", "password")


class GatewaysView(CompanyView):
    """All services."""

    closed_to_support = True
    access: ClassVar[dict[str, Access]] = {"get": needs(MANAGE)}

    @extend_schema(responses=GatewaysOut)
    def get(self, request: Request) -> Response:
        return Response({"results": [gateway_out(gateway(code)) for code in TITLES]})


class GatewayView(CompanyView):
    """One service."""

    access: ClassVar[dict[str, Access]] = {"put": needs(MANAGE)}

    @extend_schema(request=GatewayIn, responses=GatewayOut)
    def put(self, request: Request, code: str) -> Response:
        _must_know(code)
        told = GatewayIn(data=request.data)
        told.is_valid(raise_exception=True)
        given = told.validated_data
        options = {name: given[name] for name in _OPTIONS if name in given}
        keys = {name: given[name] for name in _KEYS if name in given}
        return Response(gateway_out(connect(code, mode=given["mode"], options=options, keys=keys, by=self.actor)))


class CheckView(CompanyView):
    """«Проверить»: the answer comes within seconds, in `checked_at` and `error`."""

    access: ClassVar[dict[str, Access]] = {"post": needs(MANAGE)}

    @extend_schema(request=None, responses={202: GatewayOut})
    def post(self, request: Request, code: str) -> Response:
        _must_know(code)
        return Response(gateway_out(ask_to_check(code, by=self.actor)), status=202)


def _must_know(code: str) -> None:
    if code not in TITLES:
        raise NotFound()
