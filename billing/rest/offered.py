"""What is sold today, for anybody on the bare host: the page of prices is fed from the plans themselves."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from billing.queries import offered, today
from core import throttle
from core.registry import registry
from core.rest.access import ANYBODY
from core.rest.request import Request
from core.rest.views import ControlView

from .serializers import PublicPrices
from .shown import plan_out

_FROM_ONE_PLACE = 600


class PricesView(ControlView):
    """The smallest plan first; modules by their titles."""

    limited = True
    access = {"get": ANYBODY}

    @extend_schema(responses={200: PublicPrices})
    def get(self, request: Request) -> Response:
        throttle.limit("prices", request.META.get("REMOTE_ADDR", "") or "-", times=_FROM_ONE_PLACE, seconds=600)
        plans = [plan_out(version, is_current=False) for version in offered(today())]
        modules = [{"code": code, "title": registry.modules[code].title} for code in registry.module_order()]
        return Response({"results": plans, "modules": modules})
