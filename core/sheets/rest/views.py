"""Asking for a file of a list, and opening it."""

from typing import Any, ClassVar

from django.http import QueryDict
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.response import Response

from core.context import current_company
from core.errors import NotFound
from core.rest.access import Access, needs
from core.rest.request import Request
from core.rest.views import CompanyView
from core.storage import CompanyStore

from ..actions import KEPT, begin_export
from ..errors import ExportHasFailed, ExportIsGone, ExportIsNotReady
from ..jobs import content_type_of
from ..models import Export
from ..permissions import EXPORT
from ..queries import exports_of
from .serializers import ExportIn, ExportOut, ExportsOut, export_out

_SHOWN = 20


class ExportsView(CompanyView):
    """The caller's own exports."""

    is_reading = True
    access: ClassVar[dict[str, Access]] = {"get": needs(EXPORT), "post": needs(EXPORT)}

    @extend_schema(responses=ExportsOut)
    def get(self, request: Request) -> Response:
        rows = exports_of(self.actor).filter(created_at__gt=timezone.now() - KEPT).order_by("-pk")[:_SHOWN]
        return Response({"results": [export_out(row) for row in rows], "next": None})

    @extend_schema(request=ExportIn, responses={201: ExportOut})
    def post(self, request: Request) -> Response:
        """Have a list written to a file; it is ready in a moment, `state` tells."""
        told = ExportIn(data=request.data)
        told.is_valid(raise_exception=True)
        given = told.validated_data
        query = {name: value for name, value in QueryDict(given["query"]).items() if isinstance(value, str)}
        export = begin_export(given["kind"], form=given["format"], columns=given["columns"], query=query, by=self.actor)
        return Response(export_out(export), status=201)


class _OneExport(CompanyView):
    """Finds the export of the address among the caller's own."""

    access: ClassVar[dict[str, Access]] = {"get": needs(EXPORT)}
    export: Export

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        found = exports_of(self.actor).filter(pk=kwargs["export_id"]).first()
        if found is None:
            raise NotFound()
        self.export = found


class ExportView(_OneExport):
    @extend_schema(responses=ExportOut)
    def get(self, request: Request, export_id: int) -> Response:
        return Response(export_out(self.export))


class ExportContentView(_OneExport):
    @extend_schema(responses={302: OpenApiResponse(OpenApiTypes.NONE, "the file itself, at an address for a minute")})
    def get(self, request: Request, export_id: int) -> Response:
        """The file; whether the caller may export is asked anew each time."""
        found = self.export
        if found.state == Export.State.FAILED:
            raise ExportHasFailed(found.reason)
        if found.state != Export.State.READY:
            raise ExportIsNotReady()
        if found.created_at <= timezone.now() - KEPT:
            raise ExportIsGone()
        address = CompanyStore(current_company().schema).download_address(
            found.storage_key, name=found.name, content_type=content_type_of(found.format), inline=False
        )
        return Response(status=302, headers={"Location": address, "Referrer-Policy": "no-referrer"})
