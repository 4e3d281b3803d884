"""Files read on the server for whoever looks at them in the browser."""

from typing import Any

from django.http.response import HttpResponseBase
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from core.context import company_scope
from core.errors import Invalid
from core.rest.access import SIGNED_IN
from core.rest.callers import remember_seen
from core.rest.filters import number
from core.rest.request import Request
from core.rest.views import CompanyView
from core.throttle import limit

from ..looking import page_of_table
from .serializers import SheetPageOut
from .views import AttachmentBase

_MINUTE, _PAGES_A_MINUTE = 60, 120


class TableView(AttachmentBase):
    """A table in pages. The caller is checked in the company's scope, which is closed before the file is read."""

    access = {"get": SIGNED_IN}
    limited = True

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # Past the scope that other operations work in: a reading takes seconds.
        return super(CompanyView, self).dispatch(request, *args, **kwargs)

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        with company_scope(request.company):
            super().initial(request, *args, **kwargs)
            self.checked()
            limit("attachments.table", str(self.actor.principal_id), times=_PAGES_A_MINUTE, seconds=_MINUTE)
        remember_seen(request.company, self.actor)

    @extend_schema(
        parameters=[
            OpenApiParameter("name", str, description="of the sheet; the first one without it"),
            OpenApiParameter("offset", int, description="rows to pass over"),
        ],
        responses=SheetPageOut,
    )
    def get(self, request: Request, attachment_id: int) -> Response:
        """A page of a sheet of XLSX, XLSB, XLS, ODS or of a CSV file, as texts."""
        asked = request.query_params
        try:
            offset = number(asked.get("offset") or "0")
        except ValueError as wrong:
            raise Invalid({"offset": str(wrong)}) from wrong
        table = page_of_table(request.company, self.attachment, name=asked.get("name", ""), offset=offset)
        return Response(table)
