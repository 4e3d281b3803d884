"""«Ждёт меня»: one queue of what waits for the caller, whatever it is."""

from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from core.context import enabled_modules
from core.errors import NotFound
from core.registry import registry
from core.rest.access import SIGNED_IN, Access
from core.rest.request import Request
from core.rest.views import CompanyView

from ..queries import SHOWN, counts, page, sources
from .serializers import WaitingOut, WaitingPageOut

_PAGING = [OpenApiParameter("cursor", str), OpenApiParameter("limit", int)]


class WaitingView(CompanyView):
    """The head of the queue."""

    access: ClassVar[dict[str, Access]] = {"get": SIGNED_IN}

    @extend_schema(responses=WaitingOut)
    def get(self, request: Request) -> Response:
        asked = sources()
        waiting = counts(self.actor, asked)
        sections = [
            {"code": source.code, "title": source.title, "count": waiting[source.code]}
            | page(self.actor, source, {"limit": str(SHOWN)})
            for source in asked
            if waiting[source.code]
        ]
        kinds = [kind for kind in registry.live_kinds(enabled_modules()) if self.actor.may(kind.view)]
        topics = [f"list:{kind.code}" for kind in kinds]
        return Response({"count": sum(waiting.values()), "sections": sections, "topics": topics})


class WaitingSourceView(CompanyView):
    """One source of the queue, page by page."""

    access: ClassVar[dict[str, Access]] = {"get": SIGNED_IN}

    @extend_schema(parameters=_PAGING, responses=WaitingPageOut)
    def get(self, request: Request, code: str) -> Response:
        source = next((source for source in sources() if source.code == code), None)
        if source is None:
            raise NotFound()
        params: dict[str, Any] = request.query_params
        return Response(page(self.actor, source, {key: params[key] for key in ("cursor", "limit") if key in params}))
