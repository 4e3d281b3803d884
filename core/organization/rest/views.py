"""Employees as cards."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from core.access.actions import give_roles
from core.access.catalog import MANAGE_ROLES
from core.entities.rest.bulk import Bulked
from core.entities.rest.summary import Summed
from core.errors import NotFound
from core.identity.actions.addresses import ask_change_for
from core.organization.actions import block_employee, change_employee, unblock_employee
from core.organization.models import Employee
from core.organization.permissions import BLOCK, EDIT_PEOPLE, VIEW_PEOPLE
from core.rest.access import needs
from core.rest.cards import with_etag
from core.rest.displays import BOARD_PARAMETERS, Displayed, board_out
from core.rest.filters import word
from core.rest.request import Request

from .boards import BOARDS
from .bulk import BULK
from .cards import card_out, employees_out, whole, with_surroundings
from .employees import EmployeeCardOut, EmployeeChanges, EmployeeOut, EmployeePage, LoginForm, RoleCodes
from .filters import GRAMMAR, meant
from .groups import GROUPINGS

_LIST_PARAMETERS = [
    OpenApiParameter("search", str, description="beginning of a name, e-mail or phone, or a whole number"),
    OpenApiParameter("department", str, description="ids; everything below them counts too"),
    OpenApiParameter("position", str, description="ids"),
    OpenApiParameter("manager", str, description="ids of employee cards"),
    OpenApiParameter("is_active", bool),
    OpenApiParameter("ordering", str, description="title, changed_at, created_at; `-` turns it round"),
    OpenApiParameter("group", str, enum=[*GROUPINGS], description="by what `in_group` leaves the rows of one"),
    OpenApiParameter("in_group", str),
    OpenApiParameter("with", str, description="further columns: tags, fields.<code> through commas"),
    OpenApiParameter("limit", int),
    OpenApiParameter("cursor", str),
]


class EmployeeViewSet(Summed, Bulked, Displayed):
    """People of the company. Cards are made by invitations and sign-up only, and are blocked, never deleted."""

    grammar = GRAMMAR
    address = {"by": word(*BOARDS)}
    card_shape = EmployeeCardOut
    groupings = GROUPINGS
    boards = BOARDS
    bulk_actions = BULK
    access = {
        "list": needs(VIEW_PEOPLE),
        "summary": needs(VIEW_PEOPLE),
        "bulk": needs(VIEW_PEOPLE),
        "bulk_undo": needs(VIEW_PEOPLE),
        "board": needs(VIEW_PEOPLE),
        "retrieve": needs(VIEW_PEOPLE),
        "partial_update": needs(EDIT_PEOPLE),
        "block": needs(BLOCK),
        "unblock": needs(BLOCK),
        "roles": needs(MANAGE_ROLES),
        "login": needs(BLOCK),
    }
    extra_routes = {
        "summary/": {"get": "summary"},
        "bulk/": {"post": "bulk"},
        "bulk/undo/": {"post": "bulk_undo"},
        "board/": {"get": "board"},
        "<int:card_id>/block/": {"post": "block"},
        "<int:card_id>/unblock/": {"post": "unblock"},
        "<int:card_id>/roles/": {"put": "roles"},
        "<int:card_id>/login/": {"put": "login"},
    }

    def visible(self) -> Any:
        return whole(super().visible())

    @classmethod
    def meant(cls, words: Mapping[str, str]) -> dict[str, str]:
        return meant(super().meant(words))

    def read(self, rows: QuerySet) -> QuerySet:
        return with_surroundings(rows)

    def rows_out(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        return employees_out(rows)

    @extend_schema(
        parameters=[OpenApiParameter("by", str, enum=(*BOARDS,), required=True), *BOARD_PARAMETERS, *_LIST_PARAMETERS],
        responses=board_out("Employee", EmployeeOut),
    )
    def board(self, request: Request) -> Response:
        return Response(self.board_answer())

    @extend_schema(parameters=_LIST_PARAMETERS, responses={200: EmployeePage})
    def list(self, request: Request) -> Response:
        page = self.page(self.read(self.listed(request.query_params)))
        return Response({"results": self.with_cells(self.rows_out(page.rows)), "next": page.next})

    @extend_schema(responses={200: EmployeeCardOut})
    def retrieve(self, request: Request, card_id: int) -> Response:
        card = self.visible().filter(pk=card_id).first()
        if card is None:
            raise NotFound()
        return with_etag(Response(card_out(card, self.actor)), card)

    @extend_schema(request=EmployeeChanges, responses={200: EmployeeCardOut})
    def partial_update(self, request: Request, card_id: int) -> Response:
        form = EmployeeChanges(data=request.data)
        form.is_valid(raise_exception=True)
        change_employee(self.card(card_id), given=form.validated_data, version=self.seen_version(), by=self.actor)
        return self._changed(card_id)

    @extend_schema(request=None, responses={200: EmployeeCardOut})
    def block(self, request: Request, card_id: int) -> Response:
        block_employee(self.card(card_id), by=self.actor)
        return self._changed(card_id)

    @extend_schema(request=None, responses={200: EmployeeCardOut})
    def unblock(self, request: Request, card_id: int) -> Response:
        unblock_employee(self.card(card_id), by=self.actor)
        return self._changed(card_id)

    @extend_schema(request=RoleCodes, responses={200: EmployeeCardOut})
    def roles(self, request: Request, card_id: int) -> Response:
        form = RoleCodes(data=request.data)
        form.is_valid(raise_exception=True)
        give_roles(self.card(card_id), codes=form.validated_data["roles"], by=self.actor)
        return self._changed(card_id)

    @extend_schema(request=LoginForm, responses={202: EmployeeCardOut})
    def login(self, request: Request, card_id: int) -> Response:
        """A letter goes to the new address: whoever has it takes it. The answer is the same when it is taken."""
        form = LoginForm(data=request.data)
        form.is_valid(raise_exception=True)
        ask_change_for(self.card(card_id), email=form.validated_data["email"], by=self.actor)
        changed = self._changed(card_id)
        changed.status_code = 202
        return changed

    def shown(self, card_id: int) -> dict[str, Any]:
        return card_out(_around(card_id), self.actor)

    def _changed(self, card_id: int) -> Response:
        card = _around(card_id)
        return with_etag(Response(card_out(card, self.actor)), card)


def _around(card_id: int) -> Any:
    """A card that the caller has just been let to, even if his own change took it out of his sight."""
    return whole(Employee.objects.filter(pk=card_id)).get()
