"""What a person holds, and his dismissal."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from core.access.queries import visible_card
from core.numbering.actions import company_day
from core.organization.models import Employee
from core.organization.people import principals_of
from core.organization.permissions import BLOCK
from core.registry import registry
from core.rest.access import Access, needs
from core.rest.request import Request
from core.rest.views import CompanyView

from ..actions import call_off, dismiss
from .serializers import DismissIn, HandoverOut, handover_out


class _AboutEmployee(CompanyView):
    def employee(self, card_id: int) -> Any:
        return visible_card(self.actor, registry.kind_of(Employee.KIND), card_id)


class HandoverView(_AboutEmployee):
    """What a person holds by sorts; while he is being dismissed, how far that has come."""

    access: ClassVar[dict[str, Access]] = {"get": needs(BLOCK), "delete": needs(BLOCK)}

    @extend_schema(responses=HandoverOut)
    def get(self, request: Request, card_id: int) -> Response:
        return Response(handover_out(self.employee(card_id)))

    @extend_schema(responses={200: HandoverOut})
    def delete(self, request: Request, card_id: int) -> Response:
        """Call off a dismissal that is planned."""
        employee = self.employee(card_id)
        call_off(employee, by=self.actor)
        return Response(handover_out(employee))


class DismissView(_AboutEmployee):
    """Dismiss a person; asked again, hand over what stayed."""

    access: ClassVar[dict[str, Access]] = {"post": needs(BLOCK)}

    @extend_schema(request=DismissIn, responses={200: HandoverOut})
    def post(self, request: Request, card_id: int) -> Response:
        told = DismissIn(data=request.data)
        told.is_valid(raise_exception=True)
        given = told.validated_data
        employee = self.employee(card_id)
        heirs = {piece["code"]: piece["successor"] for piece in given.get("pieces", [])}
        principals_of([given["successor"]] if given["successor"] else [], field="successor")
        principals_of([pk for pk in heirs.values() if pk], field="pieces")
        dismiss(
            employee,
            heir=given["successor"],
            heirs=heirs,
            last_day=given["last_day"] or company_day(),
            by=self.actor,
        )
        return Response(handover_out(employee))
