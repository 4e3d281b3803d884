"""Taking another address to sign in by: the company and the registry's list of addresses change in one transaction."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.context import control_scope, founding
from core.identity.actions.addresses import take_address
from core.identity.rest.browser import Proving, read, visitor_of
from core.rest.access import ANYBODY
from core.rest.request import Request
from core.rest.views import RegistryView
from tenants.memberships import forget, remember


class NewAddressForm(serializers.Serializer):
    """`token` of the letter; `password` in a browser where the person himself is not signed in."""

    token = serializers.CharField(max_length=300)
    password = serializers.CharField(max_length=1000, trim_whitespace=False, allow_blank=True, default="")


class NewAddressOut(serializers.Serializer):
    email = serializers.CharField(help_text="by which he signs in from now on")


class NewAddressView(Proving, RegistryView):
    """The link of the letter leads to a page that posts its token here."""

    works_unpaid = True
    access = {"post": ANYBODY}

    @extend_schema(request=NewAddressForm, responses={200: NewAddressOut})
    def post(self, request: Request) -> Response:
        form, company = read(NewAddressForm, request), request.company
        with control_scope():
            with founding(company):
                moved = take_address(**form, visitor=visitor_of(request), actor=request.actor)
            forget(company.id, moved.before)
            remember(company.id, moved.after)
        return Response({"email": moved.after})
