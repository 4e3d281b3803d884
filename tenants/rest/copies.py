"""Nightly copies of the company, for whoever may take its data out."""

from zoneinfo import ZoneInfo

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from core.context import control_scope
from core.rest.access import needs
from core.rest.filters import Grammar
from core.rest.pages import page_of
from core.rest.request import Request
from core.rest.views import RegistryView
from core.storage import DOWNLOAD_SECONDS, CompanyStore
from tenants.copies.actions import take_copy
from tenants.models import CompanyCopy
from tenants.permissions import MANAGE_COPIES

from .serializers import CopyAddress, CopyPage

_NEWEST_FIRST = Grammar(orderings={"made_at": "made_at"}, default_ordering="-made_at")


class CopiesView(RegistryView):
    """Copies that are kept, the newest first."""

    # Whoever has not paid takes his data and goes.
    works_unpaid = True
    access = {"get": needs(MANAGE_COPIES)}

    @extend_schema(responses={200: CopyPage})
    def get(self, request: Request) -> Response:
        with control_scope():
            rows = CompanyCopy.objects.filter(company=request.company.id)
            page = page_of(rows, request.query_params, _NEWEST_FIRST)
        results = [
            {"id": row.pk, "made_at": row.made_at, "checked_at": row.checked_at, "rows": row.rows,
             "size": row.export_size}
            for row in page.rows
        ]  # fmt: skip
        return Response({"results": results, "next": page.next, "kept_days": settings.BACKUP_DAYS})


class CopyDownloadView(RegistryView):
    """An address for one minute, of the copy without passwords and keys; the history says who asked for it."""

    works_unpaid = True
    access = {"post": needs(MANAGE_COPIES)}

    @extend_schema(request=None, responses={200: CopyAddress})
    def post(self, request: Request, copy_id: int) -> Response:
        with control_scope():
            row = take_copy(request.company.schema, copy_id, by=self.actor)
        local = row.made_at.astimezone(ZoneInfo(request.company.time_zone))
        name = f"Копия {request.company.slug} {local:%Y-%m-%d %H-%M}.zip"
        store = CompanyStore(request.company.schema)
        url = store.download_address(row.export_key, name=name, content_type="application/zip", inline=False)
        return Response({"url": url, "expires_in": DOWNLOAD_SECONDS})
