"""Companies: the list, the card, and what is done to one."""

from typing import Any

from django.conf import settings
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from core.context import control_scope
from core.errors import NotFound
from core.identity.rest.browser import read
from core.registry import registry
from core.rest.access import needs
from core.rest.pages import page_of
from core.rest.request import Request
from tenants.console.actions.companies import rename, restore, suspend
from tenants.console.actions.modules import switch_module
from tenants.console.actions.support import ask_in
from tenants.console.parts import parts
from tenants.console.permissions import ACT, LOOK
from tenants.console.queries import COMPANIES, companies
from tenants.models import Company
from tenants.signup import host_of

from .base import ConsoleView, OwnScopesView
from .serializers import CompanyCard, CompanyLines, ReasonForm, RenameForm, SupportDoor, SwitchModuleForm
from .shown import company_card, company_lines

_ASKED = [
    OpenApiParameter(name, str)
    for name in ("search", "status", "stage", "plan", "migration_failed", "ordering", "cursor", "limit")
]


class CompaniesView(ConsoleView):
    access = {"get": needs(LOOK)}

    @extend_schema(parameters=_ASKED, responses={200: CompanyLines})
    def get(self, request: Request) -> Response:
        filters = {name: known for part in parts() for name, known in part.filters.items()}
        grammar = COMPANIES.with_more(filters, {})
        page = page_of(grammar.narrow(companies(), request.query_params), request.query_params, grammar)
        return Response({"results": company_lines(page.rows), "next": page.next})


class CompanyView(ConsoleView):
    access = {"get": needs(LOOK)}

    @extend_schema(responses={200: CompanyCard})
    def get(self, request: Request, company_id: int) -> Response:
        return Response(card_of(company_id))


class SuspendView(ConsoleView):
    access = {"post": needs(ACT)}

    @extend_schema(request=ReasonForm, responses={200: CompanyCard})
    def post(self, request: Request, company_id: int) -> Response:
        suspend(company_id, reason=read(ReasonForm, request)["reason"], by=self.operator)
        return Response(card_of(company_id))


class RestoreView(ConsoleView):
    access = {"post": needs(ACT)}

    @extend_schema(request=ReasonForm, responses={200: CompanyCard})
    def post(self, request: Request, company_id: int) -> Response:
        restore(company_id, reason=read(ReasonForm, request)["reason"], by=self.operator)
        return Response(card_of(company_id))


class RenameView(ConsoleView):
    """The former address leads to the new one for thirty days, then nobody gets it for a hundred and eighty."""

    access = {"post": needs(ACT)}

    @extend_schema(request=RenameForm, responses={200: CompanyCard})
    def post(self, request: Request, company_id: int) -> Response:
        rename(company_id, **read(RenameForm, request), by=self.operator)
        return Response(card_of(company_id))


class SwitchModuleView(OwnScopesView):
    access = {"post": needs(ACT)}

    @extend_schema(request=SwitchModuleForm, responses={200: CompanyCard})
    def post(self, request: Request, company_id: int) -> Response:
        form = read(SwitchModuleForm, request)
        if form["code"] not in registry.modules:
            raise NotFound()
        switch_module(company_id, **form, by=self.operator)
        with control_scope():
            return Response(card_of(company_id))


class SupportDoorView(ConsoleView):
    """A one-time ticket into a company whose owner has let the support in."""

    access = {"post": needs(LOOK)}

    @extend_schema(request=None, responses={200: SupportDoor})
    def post(self, request: Request, company_id: int) -> Response:
        door = ask_in(company_id, by=self.operator)
        return Response({"url": f"{settings.PUBLIC_SCHEME}://{host_of(door.slug)}", "ticket": door.ticket})


def card_of(company_id: int) -> dict[str, Any]:
    """The card of a company that an operator has to do with; NotFound."""
    row: Company | None = companies().filter(pk=company_id).first()
    if row is None:
        raise NotFound()
    return company_card(row)
