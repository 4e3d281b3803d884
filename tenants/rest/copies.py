"""Nightly copies of the company, for whoever may take its data out."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from core.context import Company, company_scope, control_scope
from core.identity.actions.proving import prove_oneself
from core.identity.errors import NotByToken
from core.identity.models import User
from core.identity.rest.browser import Proving, read, user_id_of, visitor_of
from core.rest.access import needs
from core.rest.filters import Grammar
from core.rest.pages import page_of
from core.rest.request import Request
from core.rest.views import RegistryView
from core.storage import DOWNLOAD_SECONDS, CompanyStore, file_named
from core.takeout.queries import owners
from core.takeout.rest.serializers import ProofForm
from tenants.copies.actions import take_copy
from tenants.models import CompanyCopy
from tenants.permissions import MANAGE_COPIES
from tenants.reads import COPY_TAKEN

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
            last = rows.order_by("-made_at").values_list("pk", flat=True).first()
        with company_scope(request.company):
            user = User.objects.filter(pk=self.actor.user_id).first() if self.actor.user_id else None
            is_owner = self.actor.principal_id in owners()
        told = {
            "results": [_copy(row, request.company, is_last=row.pk == last) for row in page.rows],
            "next": page.next,
            "kept_days": settings.BACKUP_DAYS,
            # Nobody brings a company back by himself: on an own server whoever runs it does, else the service's people.
            "restored_by": "administrator" if settings.ONE_COMPANY else "service",
            "is_owner": is_owner,
            "asks_code": user is not None and user.has_totp,
        }
        return Response(told)


class CopyDownloadView(Proving, RegistryView):
    """An address for one minute, of the copy without passwords and keys; the history says who asked for it.

    A copy holds the whole company, cards shut to everybody included: the same guard as of its archives
    (`core.takeout`), an owner himself, in a browser, who proves himself anew, and all owners are told.
    """

    works_unpaid = True
    closed_to_support = True
    takes_tokens = False
    access = {"post": needs(MANAGE_COPIES)}
    recorded = {"post": COPY_TAKEN}

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if self.actor.door != "screen":
            raise NotByToken()

    @extend_schema(request=ProofForm, responses={200: CopyAddress})
    def post(self, request: Request, copy_id: int) -> Response:
        proof = read(ProofForm, request)
        with company_scope(request.company):
            user = User.objects.select_related("principal").get(pk=user_id_of(self.actor))
            prove_oneself(user, **proof, visitor=visitor_of(request), by=self.actor)
        with control_scope():
            row = take_copy(request.company.schema, copy_id, by=self.actor)
        local = row.made_at.astimezone(ZoneInfo(request.company.time_zone))
        name = file_named(request.company.name, f"копия {local:%Y-%m-%d %H-%M}.zip")
        store = CompanyStore(request.company.schema)
        url = store.download_address(row.export_key, name=name, content_type="application/zip", inline=False)
        return Response({"url": url, "expires_in": DOWNLOAD_SECONDS})


def _copy(row: CompanyCopy, company: Company, *, is_last: bool) -> dict[str, Any]:
    return {
        "id": row.pk,
        "day": row.made_at.astimezone(ZoneInfo(company.time_zone)).date(),
        "made_at": row.made_at,
        "checked_at": row.checked_at,
        # The last one stays however old it is (`tenants.copies.jobs.forget_old`).
        "kept_until": None if is_last else row.checked_at + timedelta(days=settings.BACKUP_DAYS),
        "rows": row.rows,
        "size": row.export_size,
    }
