"""Erasing one's own company: an owner asks in a browser, proves himself and types its name; any owner takes it back."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.context import company_scope, control_scope
from core.identity.actions.proving import prove_oneself
from core.identity.errors import NotByToken
from core.identity.models import User
from core.identity.rest.browser import Proving, read, user_id_of, visitor_of
from core.rest.access import needs
from core.rest.request import Request
from core.rest.views import RegistryView
from core.takeout.permissions import SEE_TAKEOUTS
from core.takeout.queries import owners
from tenants.erasing.actions import ask_erasure, keep_company
from tenants.erasing.queries import waiting_for
from tenants.erasing.rules import GRACE
from tenants.models import Erasure


class ErasureForm(serializers.Serializer):
    """The company's name as it is written, and the owner's password once more; `code` where it is asked for."""

    name = serializers.CharField(max_length=200)
    password = serializers.CharField(max_length=1000, trim_whitespace=False)
    code = serializers.CharField(max_length=40, allow_blank=True, default="")


class ErasureLine(serializers.Serializer):
    why = serializers.ChoiceField(Erasure.Why.choices)
    asked_by = serializers.CharField(help_text="who; empty when it is for want of payment")
    asked_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField()


class ErasureOut(serializers.Serializer):
    erasure = ErasureLine(allow_null=True, help_text="null: nobody has asked for it")
    grace_days = serializers.IntegerField()
    is_owner = serializers.BooleanField(help_text="whether the caller may ask for it and take it back")


class ErasureView(Proving, RegistryView):
    """A company that has not paid may be erased as well, and its erasure be taken back."""

    works_unpaid = True
    takes_tokens = False
    access = {"get": needs(SEE_TAKEOUTS), "post": needs(SEE_TAKEOUTS), "delete": needs(SEE_TAKEOUTS)}

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if self.actor.door != "screen":
            raise NotByToken()

    @extend_schema(responses={200: ErasureOut})
    def get(self, request: Request) -> Response:
        with control_scope():
            row = waiting_for(request.company.id)
        return Response(self._shown(request, row))

    @extend_schema(request=ErasureForm, responses={201: ErasureOut})
    def post(self, request: Request) -> Response:
        """Have the company erased after `grace_days`; until then everything works and any owner may take it back."""
        form = read(ErasureForm, request)
        proof = {name: form[name] for name in ("password", "code")}
        with company_scope(request.company):
            user = User.objects.select_related("principal").get(pk=user_id_of(self.actor))
            prove_oneself(user, **proof, visitor=visitor_of(request), by=self.actor)
        with control_scope():
            row = ask_erasure(request.company.schema, name=form["name"], by=self.actor)
        return Response(self._shown(request, row), status=201)

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        with control_scope():
            keep_company(request.company.schema, by=self.actor)
        return Response(status=204)

    def _shown(self, request: Request, row: Erasure | None) -> dict[str, Any]:
        names = ("why", "asked_by", "asked_at", "due_at")
        with company_scope(request.company):
            is_owner = self.actor.principal_id in owners()
        told = {name: getattr(row, name) for name in names} if row else None
        return {"erasure": told, "grace_days": GRACE.days, "is_owner": is_owner}
