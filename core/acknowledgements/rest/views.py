"""The reading list of a card, and one line of it by its own address."""

from typing import Any, ClassVar

from django.db.models import Count, Q
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from core.access.actor import Actor
from core.errors import NotFound
from core.organization.people import principals_of
from core.rest.access import SIGNED_IN, Access
from core.rest.belongings import BelongingView
from core.rest.cards import AboutCardView
from core.rest.filters import Grammar
from core.rest.pages import page_of
from core.rest.request import Request
from core.saved_views.groups import people_in

from ..actions import ask_again, ask_to_read, confirm_reading, must_answer, withdraw
from ..models import Acknowledgement
from ..queries import last_round, readers_meant, rows_of
from .serializers import AgainIn, MeantOut, ReadersIn, ReadersOut, readers_out

_GRAMMAR = Grammar(orderings={"id": "id"}, default_ordering="id")
_PAGING = [OpenApiParameter("cursor", str), OpenApiParameter("limit", int)]
_PARTS = ("people", "departments", "roles", "groups")
_CHOICE = [OpenApiParameter(name, str, description="ids through commas, codes of roles") for name in _PARTS]


def _meant(told: Any, by: Actor) -> set[int]:
    """Principals whom a choice means; groups are those that they are for whoever asks."""
    read = ReadersIn(data=told)
    read.is_valid(raise_exception=True)
    given = read.validated_data
    named = {*principals_of(given["people"], field="people"), *people_in(given["groups"], by=by)}
    return readers_meant(named, given["departments"], given["roles"])


class _ListView(AboutCardView):
    """Base of what answers with the list as it stands."""

    def shown(self) -> dict[str, Any]:
        number = last_round(self.card.pk)
        rows = rows_of(self.card.pk).filter(round=number)
        params = self.request.query_params
        page = page_of(rows, {name: params[name] for name in ("cursor", "limit") if name in params}, _GRAMMAR)
        mine = Q(principal=self.actor.principal_id, done_at__isnull=True)
        counted = rows.aggregate(asked=Count("pk"), done=Count("done_at"), mine=Count("pk", filter=mine))
        return {
            "results": readers_out(page.rows),
            "next": page.next,
            "round": number,
            "asked": counted["asked"],
            "done": counted["done"],
            "waits_for_me": counted["mine"] > 0 and self.actor.may_add_to(self.card),
            "can_edit": self.actor.may(self.kind.edit, self.card),
        }


class CardReadersView(_ListView):
    """Who is asked to read one card."""

    access: ClassVar[dict[str, Access]] = {"get": SIGNED_IN, "post": SIGNED_IN}

    @extend_schema(parameters=_PAGING, responses=ReadersOut)
    def get(self, request: Request, card_id: int) -> Response:
        return Response(self.shown())

    @extend_schema(request=ReadersIn, responses={201: ReadersOut})
    def post(self, request: Request, card_id: int) -> Response:
        ask_to_read(self.card, self.kind, readers=_meant(request.data, self.actor), by=self.actor)
        return Response(self.shown(), status=201)


class MeantView(AboutCardView):
    """Whom a choice of people, departments, roles and groups means now."""

    access: ClassVar[dict[str, Access]] = {"get": SIGNED_IN}

    @extend_schema(parameters=_CHOICE, responses=MeantOut)
    def get(self, request: Request, card_id: int) -> Response:
        must_answer(self.card, self.kind, self.actor)
        params = request.query_params
        told = {name: params[name].split(",") for name in _PARTS if params.get(name)}
        meant = _meant(told, self.actor)
        held = rows_of(self.card.pk).filter(round=last_round(self.card.pk), principal__in=meant)
        return Response({"count": len(meant), "asked": held.count()})


class ConfirmView(_ListView):
    """«Ознакомлен»."""

    access: ClassVar[dict[str, Access]] = {"post": SIGNED_IN}

    @extend_schema(request=None, responses=ReadersOut)
    def post(self, request: Request, card_id: int) -> Response:
        confirm_reading(self.card, by=self.actor)
        return Response(self.shown())


class AgainView(_ListView):
    """A new round for everybody, because the card has changed."""

    access: ClassVar[dict[str, Access]] = {"post": SIGNED_IN}

    @extend_schema(request=AgainIn, responses={201: ReadersOut})
    def post(self, request: Request, card_id: int) -> Response:
        """Say in `round` which one you see: 409 when a newer one stands."""
        told = AgainIn(data=request.data)
        told.is_valid(raise_exception=True)
        ask_again(self.card, self.kind, seen=told.validated_data.get("round"), by=self.actor)
        return Response(self.shown(), status=201)


class ReaderView(BelongingView):
    """One line of a list."""

    access: ClassVar[dict[str, Access]] = {"delete": SIGNED_IN}

    @extend_schema(responses={204: None})
    def delete(self, request: Request, row_id: int) -> Response:
        found = Acknowledgement.objects.select_related("entity").filter(pk=row_id).first()
        if found is None:
            raise NotFound()
        kind, card = self.card_of(found.entity)
        withdraw(found, card, kind, by=self.actor)
        return Response(status=204)
