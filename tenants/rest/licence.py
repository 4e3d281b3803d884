"""The licence of an own server: what it allows, and putting the next one."""

from dataclasses import asdict
from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.context import company_scope, control_scope
from core.entitlements.allowance import FULL, READ_ONLY, SUSPENDED
from core.identity.queries import seats_taken
from core.identity.rest.browser import read
from core.registry import registry
from core.rest.access import needs
from core.rest.request import Request
from core.rest.views import RegistryView
from tenants.licensing.actions import put_licence
from tenants.licensing.rules import GRACE, Licence, LicenceWrong
from tenants.licensing.source import licence_now
from tenants.models import Company
from tenants.permissions import MANAGE_COMPANY
from tenants.snapshots import snapshot_of

# A licence is a few hundred bytes; whatever is longer is another file.
_LONGEST = 20_000


class LicenceForm(serializers.Serializer):
    content = serializers.CharField(max_length=_LONGEST, help_text="the text of the licence file, as it was received")


class LicensedModule(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()


class LicenceLine(serializers.Serializer):
    number = serializers.CharField()
    holder = serializers.CharField()
    seats = serializers.IntegerField(allow_null=True, help_text="null: any number")
    modules = LicensedModule(many=True, allow_null=True, help_text="null: all of them")
    begins = serializers.DateField()
    until = serializers.DateField(help_text="the last day")
    host = serializers.CharField(allow_null=True, help_text="the only server that it is for; null: any")


class LicenceOut(serializers.Serializer):
    own_server = serializers.BooleanField(help_text="false in the cloud, where a subscription says what is allowed")
    has_key = serializers.BooleanField(help_text="whether there is a key by which a licence can be checked")
    host = serializers.CharField(allow_null=True, help_text="where this server is opened")
    licence = LicenceLine(allow_null=True)
    trouble = serializers.CharField(allow_null=True, help_text="why the licence that lies there does not hold")
    mode = serializers.ChoiceField([FULL, READ_ONLY, SUSPENDED])
    stage = serializers.CharField()
    works_until = serializers.DateField(allow_null=True, help_text="the last day on which anything can be changed")
    seats_taken = serializers.IntegerField(help_text="people who can sign in, and invited ones")
    grace_days = serializers.IntegerField()


class LicenceView(RegistryView):
    """Whoever may only read because his licence is over puts the next one here."""

    works_unpaid = True
    closed_to_support = True
    access = {"get": needs(MANAGE_COMPANY), "put": needs(MANAGE_COMPANY)}

    @extend_schema(responses={200: LicenceOut})
    def get(self, request: Request) -> Response:
        with control_scope():
            company = Company.objects.get(pk=request.company.id)
        return self._shown(request, company)

    @extend_schema(request=LicenceForm, responses={200: LicenceOut})
    def put(self, request: Request) -> Response:
        """Let a licence hold from now on."""
        content = read(LicenceForm, request)["content"]
        with control_scope():
            company = put_licence(request.company.schema, content, by=self.actor)
        return self._shown(request, company)

    def _shown(self, request: Request, company: Company) -> Response:
        licence, trouble = _standing(company)
        allowed = snapshot_of(company).allowance
        with company_scope(request.company):
            taken = seats_taken()
        told = {
            "own_server": bool(settings.ONE_COMPANY),
            "has_key": bool(settings.LICENCE_PUBLIC_KEY),
            "host": settings.COMPANY_HOST or None,
            "licence": _line(licence) if licence else None,
            "trouble": trouble,
            "mode": allowed.mode,
            "stage": allowed.stage,
            "works_until": licence.until + GRACE if licence else None,
            "seats_taken": taken,
            "grace_days": GRACE.days,
        }
        return Response(told)


def _standing(company: Company) -> tuple[Licence | None, str | None]:
    """The licence that counts, or why what lies there does not."""
    if not settings.ONE_COMPANY:
        return None, None
    try:
        return licence_now(company.licence), None
    except LicenceWrong as wrong:
        return None, str(wrong)


def _line(licence: Licence) -> dict[str, Any]:
    modules = licence.modules
    named = None if modules is None else [{"code": code, "title": _title(code)} for code in modules]
    return asdict(licence) | {"modules": named, "host": licence.host or None}


def _title(code: str) -> str:
    """A licence may name a module that this version does not have yet."""
    module = registry.modules.get(code)
    return module.title if module else code
