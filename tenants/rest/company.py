"""A company's own settings and modules, on the company's host.

The company's role cannot write the registry, so the caller is checked in the company's scope, which is closed before
the registry's opens. Both operations set values, so a repetition finds them in place: no Idempotency-Key is needed.
"""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from core.access.actor import Actor
from core.context import Company as Snapshot
from core.context import company_scope, control_scope
from core.errors import NotFound
from core.manifest import Module
from core.organization.queries import working_count
from core.registry import registry
from core.rest.access import SIGNED_IN, needs
from core.rest.cards import seen_version
from core.rest.request import Request
from core.rest.views import RegistryView
from tenants.actions import change_company
from tenants.models import Company
from tenants.permissions import MANAGE_COMPANY, MANAGE_MODULES
from tenants.provisioning.switching import switch_off, switch_on
from tenants.snapshots import find, snapshot_of

from .serializers import CompanyForm, CompanyOut, ModuleOut, ModulesOut, ModuleSwitch


class CompanySettingsView(RegistryView):
    """Name, colour, time zone and INN of the company."""

    versioned = frozenset({"patch"})
    access = {"get": SIGNED_IN, "patch": needs(MANAGE_COMPANY)}

    @extend_schema(responses={200: CompanyOut})
    def get(self, request: Request) -> Response:
        with control_scope():
            company = Company.objects.get(pk=request.company.id)
        return company_answer(company)

    @extend_schema(request=CompanyForm, responses={200: CompanyOut})
    def patch(self, request: Request) -> Response:
        form = CompanyForm(data=request.data)
        form.is_valid(raise_exception=True)
        with control_scope():
            company = change_company(
                request.company.schema, wanted=form.validated_data, seen=seen_version(request), by=self.actor
            )
        return company_answer(company)


class ModulesView(RegistryView):
    """All modules of the product, with those that are on in this company."""

    access = {"get": SIGNED_IN}

    @extend_schema(responses={200: ModulesOut})
    def get(self, request: Request) -> Response:
        shown = [_module(registry.modules[code], request.company, self.actor) for code in registry.module_order()]
        return Response({"results": shown, "people": self._working(request.company)})

    def _working(self, company: Snapshot) -> int | None:
        """How many people a switch concerns at once: what whoever may press it is asked about."""
        if not self.actor.may(MANAGE_MODULES):
            return None
        with company_scope(company):
            return working_count()


class ModuleView(RegistryView):
    """One module's switch."""

    access = {"patch": needs(MANAGE_MODULES)}

    @extend_schema(request=ModuleSwitch, responses={200: ModuleOut})
    def patch(self, request: Request, code: str) -> Response:
        if code not in registry.modules:
            raise NotFound()
        form = ModuleSwitch(data=request.data)
        form.is_valid(raise_exception=True)
        schema = request.company.schema
        if form.validated_data["enabled"]:
            switch_on(schema, code, together=form.validated_data["with_needed"], by=self.actor)
        else:
            switch_off(schema, code, by=self.actor)
        company = find(schema=schema)
        if company is None:
            raise NotFound()
        return Response(_module(registry.modules[code], company, self.actor))


def company_answer(company: Company) -> Response:
    """The company's row as its own people see it."""
    shown = {
        "name": company.name,
        "slug": company.slug,
        "accent": company.accent,
        "time_zone": company.time_zone,
        "inn": company.inn,
        "logo_url": snapshot_of(company).logo_url,
        "version": company.version,
    }
    return Response(shown, headers={"ETag": f'"{company.version}"'})


def _module(module: Module, company: Snapshot, actor: Actor) -> dict[str, Any]:
    return {
        "code": module.code,
        "title": module.title,
        "description": module.description,
        "icon": module.icon,
        "group": module.group,
        "depends": list(module.depends),
        "required_by": [code for code, other in registry.modules.items() if module.code in other.depends],
        "enabled": module.code in company.modules,
        "can_switch": actor.may(MANAGE_MODULES),
    }
