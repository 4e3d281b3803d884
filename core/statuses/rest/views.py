"""The status of a card, and how statuses of a type are set up."""

from collections.abc import Sequence
from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from core.context import enabled_modules
from core.custom_fields.permissions import MANAGE_FIELDS
from core.entities.kinds import EntityKind
from core.entities.models import Entity, OwnStatus
from core.errors import Invalid, NotFound, Stale
from core.registry import registry
from core.rest.access import SIGNED_IN, Access, needs
from core.rest.cards import AboutCardView, seen_version, with_etag
from core.rest.queries import counted
from core.rest.request import Request
from core.rest.views import CompanyView

from ..actions.defining import (
    alter_status,
    begin_scheme,
    carry_cards,
    define_status,
    draw_moves,
    place_status,
    version_of,
)
from ..actions.moving import move_status
from ..mixin import Staged
from ..queries import cards_in, count_in, roles_of, rows_of, scheme_of_card, standing
from ..rules import steps
from .serializers import (
    CardStatusOut,
    CarryIn,
    KnownStatusList,
    OwnStatusChangesIn,
    OwnStatusIn,
    OwnStatusPlaceIn,
    SchemeIn,
    SchemeMovesIn,
    SchemeOut,
    StatusMoveIn,
    StatusSettingsOut,
    known_out,
    shown_node,
    status_out,
    step_out,
)

KIND = OpenApiParameter("kind", str, required=True, description="tasks.task")
_TYPE = OpenApiParameter("card_type", str, description="code of a type; empty for the kind's own")


class CardStatusView(AboutCardView):
    """Where one card stands among the company's statuses."""

    versioned = frozenset({"post"})
    access: ClassVar[dict[str, Access]] = {"get": SIGNED_IN, "post": SIGNED_IN}

    @extend_schema(responses=CardStatusOut)
    def get(self, request: Request, card_id: int) -> Response:
        return self._answer(self.card)

    @extend_schema(request=StatusMoveIn, responses=CardStatusOut)
    def post(self, request: Request, card_id: int) -> Response:
        """Move the card; into another base by the deed that leads there, with all that it asks."""
        told = _read(StatusMoveIn, request)
        try:
            card = move_status(self.card, self.kind, by=self.actor, version=seen_version(request), **told)
        except Stale as stale:
            fresh = self.kind.model.objects.get(pk=self.card.pk)
            raise Stale(current=self._shown(fresh)) from stale
        return self._answer(card)

    def _answer(self, card: Entity) -> Response:
        return with_etag(Response(self._shown(card)), card)

    def _shown(self, card: Entity) -> dict[str, Any]:
        scheme, cycle = scheme_of_card(card), self.kind.lifecycle
        stands, moves = standing(scheme, card), []
        if scheme and cycle:
            offered = cycle.passages(self.actor, [card]).get(card.pk, ())
            roles, works = roles_of(self.actor, [scheme]), card.pk in cycle.working(self.actor, [card])
            moves = steps(scheme, stands, offered, roles, works=works, status=card.status)
        return {
            "status": card.status,
            "status_title": stands.title if stands else str(self.kind.statuses[card.status]),
            "own_status": shown_node(stands) if stands else None,
            "moves": [step_out(step) for step in moves],
            "version": card.version,
        }


class KnownStatusesView(CompanyView):
    """The company's statuses of a kind."""

    access: ClassVar[dict[str, Access]] = {"get": SIGNED_IN, "post": needs(MANAGE_FIELDS)}

    @extend_schema(parameters=[KIND], responses=KnownStatusList)
    def get(self, request: Request) -> Response:
        """Of all its types, in their order; those that have been put away are left out. Kinds whose statuses cannot
        be refined have none."""
        kind = _live(request.query_params.get("kind", ""))
        rows = rows_of(kind.code).filter(archived_at__isnull=True).order_by("card_type", "place", "pk")
        return Response({"results": [known_out(row) for row in rows]})

    @extend_schema(request=OwnStatusIn, responses={201: StatusSettingsOut})
    def post(self, request: Request) -> Response:
        """Add a status to a type that has been begun."""
        told = _read(OwnStatusIn, request)
        kind = kind_of(told.pop("kind"))
        return Response(status_out(define_status(kind, by=self.actor, **told), 0), status=201)


class SchemeView(CompanyView):
    """Statuses of one type with the moves between them."""

    access: ClassVar[dict[str, Access]] = {"get": needs(MANAGE_FIELDS), "post": needs(MANAGE_FIELDS)}

    @extend_schema(parameters=[KIND, _TYPE], responses=SchemeOut)
    def get(self, request: Request) -> Response:
        kind = kind_of(request.query_params.get("kind", ""))
        card_type = request.query_params.get("card_type", "")
        return Response(_scheme_out(kind, card_type, list(rows_of(kind.code, card_type))))

    @extend_schema(request=SchemeIn, responses={201: SchemeOut})
    def post(self, request: Request) -> Response:
        """Begin with the statuses that the kind has itself."""
        told = _read(SchemeIn, request)
        kind = kind_of(told["kind"])
        rows = begin_scheme(kind, card_type=told["card_type"], by=self.actor)
        return Response(_scheme_out(kind, told["card_type"], rows), status=201)


class SchemeMovesView(CompanyView):
    """Which moves a type allows."""

    access: ClassVar[dict[str, Access]] = {"put": needs(MANAGE_FIELDS)}

    @extend_schema(request=SchemeMovesIn, responses=SchemeOut)
    def put(self, request: Request) -> Response:
        """Draw all of them anew."""
        told = _read(SchemeMovesIn, request)
        kind = kind_of(told.pop("kind"))
        rows = draw_moves(kind, by=self.actor, **told)
        return Response(_scheme_out(kind, told["card_type"], rows))


class _OneStatus(CompanyView):
    """Base of operations on a status' settings."""

    status: OwnStatus
    kind: EntityKind

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        found = OwnStatus.objects.filter(pk=kwargs["status_id"]).first()
        if found is None:
            raise NotFound()
        self.status, self.kind = found, kind_of(found.kind)


class StatusView(_OneStatus):
    access: ClassVar[dict[str, Access]] = {"patch": needs(MANAGE_FIELDS)}

    @extend_schema(request=OwnStatusChangesIn, responses=StatusSettingsOut)
    def patch(self, request: Request, status_id: int) -> Response:
        """Rename a status, paint it, make it its base's default, put it away or bring it back."""
        changed = alter_status(self.status, self.kind, by=self.actor, **_read(OwnStatusChangesIn, request))
        return Response(status_out(changed, count_in(changed)))


class StatusPlaceView(_OneStatus):
    access: ClassVar[dict[str, Access]] = {"put": needs(MANAGE_FIELDS)}

    @extend_schema(request=OwnStatusPlaceIn, responses={204: None})
    def put(self, request: Request, status_id: int) -> Response:
        """Move a status among the others."""
        place_status(self.status, by=self.actor, **_read(OwnStatusPlaceIn, request))
        return Response(status=204)


class StatusCarryView(_OneStatus):
    access: ClassVar[dict[str, Access]] = {"post": needs(MANAGE_FIELDS)}

    @extend_schema(request=CarryIn, responses={202: StatusSettingsOut})
    def post(self, request: Request, status_id: int) -> Response:
        """Put a status away and move its cards into another one; they follow in the background."""
        row = carry_cards(self.status, by=self.actor, **_read(CarryIn, request))
        return Response(status_out(row, count_in(row)), status=202)


def _read(shape: type[Serializer], request: Request) -> dict[str, Any]:
    told = shape(data=request.data)
    told.is_valid(raise_exception=True)
    return dict(told.validated_data)


def _live(code: str) -> EntityKind:
    found = next((kind for kind in registry.live_kinds(enabled_modules()) if kind.code == code), None)
    if found is None:
        raise Invalid({"kind": "Таких карточек нет или их модуль выключен"})
    return found


def kind_of(code: str) -> EntityKind:
    """A living kind whose statuses can be refined; Invalid otherwise."""
    kind = _live(code)
    if not issubclass(kind.model, Staged):
        raise Invalid({"kind": "У таких карточек статусы не настраиваются"})
    return kind


def _scheme_out(kind: EntityKind, card_type: str, rows: Sequence[OwnStatus]) -> dict[str, Any]:
    order = sorted(rows, key=lambda row: (row.archived_at is not None, row.place, row.pk))
    counts = counted([cards_in(row) for row in order]) if order else []
    leads = sorted(kind.lifecycle.leads) if kind.lifecycle else []
    return {
        "kind": kind.code,
        "card_type": card_type,
        "version": version_of(rows),
        "bases": [{"code": code, "title": str(title)} for code, title in kind.statuses.items()],
        "usual": kind.lifecycle.usual if kind.lifecycle else next(iter(kind.statuses)),
        "leads": [{"source": source, "to": to} for source, to in leads],
        "statuses": [status_out(row, count) for row, count in zip(order, counts, strict=True)],
        "moves": [{"source": row.pk, **way} for row in order for way in row.ways],
    }
