"""Fields of a card, and their settings."""

from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from core.access.queries import visible_card
from core.context import enabled_modules
from core.entities.kinds import EntityKind
from core.entities.models import Entity
from core.errors import Invalid, NotFound, Stale
from core.formulas.functions import FUNCTIONS
from core.registry import registry
from core.rest.access import SIGNED_IN, Access, needs
from core.rest.cards import AboutCardView, seen_version, with_etag
from core.rest.request import Request
from core.rest.views import CompanyView

from ..actions.defining import alter_field, define_field, place_field, proposed
from ..actions.filling import change_fields
from ..actions.types import alter_type, define_type
from ..mixin import Customizable
from ..models import CardType, Field
from ..permissions import MANAGE_FIELDS
from ..queries import fields_of, layout_of, types_of
from ..trying import tried
from .serializers import (
    CardFieldsOut,
    CardKindList,
    CardTypeChangesIn,
    CardTypeIn,
    CardTypeOut,
    EffectIn,
    EffectOut,
    FieldChangesIn,
    FieldIn,
    FieldList,
    FieldOut,
    FieldPlaceIn,
    ShownFieldList,
    TrialIn,
    TrialOut,
    ValuesIn,
    type_out,
)
from .shown import card_fields, field_out, own_type, shown_field

_KIND = OpenApiParameter("kind", str, required=True, description="tasks.task")


class CardFieldsView(AboutCardView):
    """What stands in the fields of one card."""

    versioned = frozenset({"patch"})
    access: ClassVar[dict[str, Access]] = {"get": SIGNED_IN, "patch": SIGNED_IN}

    @extend_schema(responses=CardFieldsOut)
    def get(self, request: Request, card_id: int) -> Response:
        return self._answer(self.card)

    @extend_schema(request=ValuesIn, responses=CardFieldsOut)
    def patch(self, request: Request, card_id: int) -> Response:
        """Change values, and the type of the card; what is not named stays."""
        told = ValuesIn(data=request.data)
        told.is_valid(raise_exception=True)
        given, type_code = told.validated_data["fields"], told.validated_data.get("card_type")
        try:
            card = change_fields(
                self.card, self.kind, given=given, type_code=type_code, version=seen_version(request), by=self.actor
            )
        except Stale as stale:
            raise Stale(current=card_fields(self.card, self.kind, self.actor)) from stale
        return self._answer(card)

    def _answer(self, card: Entity) -> Response:
        return with_etag(Response(card_fields(card, self.kind, self.actor)), card)


class CardKindsView(CompanyView):
    """Kinds of cards that may have types and fields, with their types."""

    access: ClassVar[dict[str, Access]] = {"get": SIGNED_IN}

    @extend_schema(responses=CardKindList)
    def get(self, request: Request) -> Response:
        rows: dict[str, list[dict[str, Any]]] = {}
        for row in CardType.objects.order_by("place", "pk"):
            rows.setdefault(row.kind, []).append(type_out(row))
        kinds = [
            {
                "code": kind.code,
                "title": kind.title,
                "icon": kind.icon,
                "plural": kind.plural,
                "statuses": [{"code": code, "title": title} for code, title in kind.statuses.items()],
                "can_refine": kind.lifecycle is not None,
                "types": [own_type(kind), *rows.get(kind.code, [])],
            }
            for kind in _kinds()
        ]
        functions = [{"name": name, "hint": function.hint} for name, function in FUNCTIONS.items()]
        return Response({"results": kinds, "functions": functions})


class ShownFieldsView(CompanyView):
    """Fields of a kind that the caller may see: what forms and lists are made of."""

    access: ClassVar[dict[str, Access]] = {"get": SIGNED_IN}

    @extend_schema(parameters=[_KIND], responses=ShownFieldList)
    def get(self, request: Request) -> Response:
        kind = _kind_of(request.query_params.get("kind", ""))
        layout = layout_of(self.actor, kind.code)
        fields = [shown_field(field, layout) for field in layout.seen.values()]
        return Response({"results": fields, "card_types": [own_type(kind), *map(type_out, types_of(kind.code))]})


class FieldsView(CompanyView):
    """Settings of all fields of a kind, archived ones last."""

    access: ClassVar[dict[str, Access]] = {"get": needs(MANAGE_FIELDS), "post": needs(MANAGE_FIELDS)}

    @extend_schema(parameters=[_KIND], responses=FieldList)
    def get(self, request: Request) -> Response:
        kind = _kind_of(request.query_params.get("kind", ""))
        rows = list(Field.objects.filter(kind=kind.code).prefetch_related("rights__role").order_by("place", "pk"))
        rows.sort(key=lambda row: row.archived_at is not None)
        return Response({"results": [field_out(row, rows) for row in rows]})

    @extend_schema(request=FieldIn, responses={201: FieldOut})
    def post(self, request: Request) -> Response:
        told = FieldIn(data=request.data)
        told.is_valid(raise_exception=True)
        kind = _kind_of(told.validated_data.pop("kind"))
        made = define_field(kind, given=told.validated_data, by=self.actor)
        return with_etag(Response(_whole(made), status=201), made)


class _OneField(CompanyView):
    """Base of operations on a field's settings."""

    field: Field
    kind: EntityKind

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        found = Field.objects.filter(pk=kwargs["field_id"]).first()
        if found is None:
            raise NotFound()
        self.field, self.kind = found, _kind_of(found.kind)


class FieldView(_OneField):
    """Changing a field, putting it away and bringing it back."""

    versioned = frozenset({"patch"})
    access: ClassVar[dict[str, Access]] = {"patch": needs(MANAGE_FIELDS)}

    @extend_schema(request=FieldChangesIn, responses=FieldOut)
    def patch(self, request: Request, field_id: int) -> Response:
        told = FieldChangesIn(data=request.data)
        told.is_valid(raise_exception=True)
        seen = seen_version(request)
        try:
            field = alter_field(self.field, self.kind, given=told.validated_data, version=seen, by=self.actor)
        except Stale as stale:
            raise Stale(current=_whole(self.field)) from stale
        return with_etag(Response(_whole(field)), field)


class FieldPlaceView(_OneField):
    """Moving a field among the others."""

    access: ClassVar[dict[str, Access]] = {"put": needs(MANAGE_FIELDS)}

    @extend_schema(request=FieldPlaceIn, responses={204: None})
    def put(self, request: Request, field_id: int) -> Response:
        told = FieldPlaceIn(data=request.data)
        told.is_valid(raise_exception=True)
        place_field(self.field, self.kind, **told.validated_data, by=self.actor)
        return Response(status=204)


class FieldEffectView(_OneField):
    """What a change of a field would do to cards, before it is made."""

    access: ClassVar[dict[str, Access]] = {"post": needs(MANAGE_FIELDS)}

    @extend_schema(request=EffectIn, responses=EffectOut)
    def post(self, request: Request, field_id: int) -> Response:
        told = EffectIn(data=request.data)
        told.is_valid(raise_exception=True)
        keeps, count = proposed(self.field, told.validated_data)
        return Response({"keeps_values": keeps, "cards_count": count})


class FormulaTrialView(CompanyView):
    """Checking a formula while it is written, and trying it on a card that the caller sees."""

    access: ClassVar[dict[str, Access]] = {"post": needs(MANAGE_FIELDS)}

    @extend_schema(request=TrialIn, responses=TrialOut)
    def post(self, request: Request) -> Response:
        told = TrialIn(data=request.data)
        told.is_valid(raise_exception=True)
        given = told.validated_data
        kind = _kind_of(given["kind"])
        card = visible_card(self.actor, kind, given["card"]) if given["card"] else None
        field = next((one for one in fields_of(kind.code) if one.pk == given["field"]), None)
        return Response(tried(given["formula"], field or Field(kind=kind.code), card, self.actor))


class CardTypesView(CompanyView):
    access: ClassVar[dict[str, Access]] = {"post": needs(MANAGE_FIELDS)}

    @extend_schema(request=CardTypeIn, responses={201: CardTypeOut})
    def post(self, request: Request) -> Response:
        """Add a type of cards to a kind."""
        told = CardTypeIn(data=request.data)
        told.is_valid(raise_exception=True)
        kind = _kind_of(told.validated_data.pop("kind"))
        return Response(type_out(define_type(kind, **told.validated_data, by=self.actor)), status=201)


class CardTypeView(CompanyView):
    access: ClassVar[dict[str, Access]] = {"patch": needs(MANAGE_FIELDS)}

    @extend_schema(request=CardTypeChangesIn, responses=CardTypeOut)
    def patch(self, request: Request, type_id: int) -> Response:
        """Rename a type, put it away or bring it back."""
        told = CardTypeChangesIn(data=request.data)
        told.is_valid(raise_exception=True)
        found = CardType.objects.filter(pk=type_id).first()
        if found is None:
            raise NotFound()
        _kind_of(found.kind)
        return Response(type_out(alter_type(found, **told.validated_data, by=self.actor)))


def _kinds() -> list[EntityKind]:
    return [kind for kind in registry.live_kinds(enabled_modules()) if issubclass(kind.model, Customizable)]


def _kind_of(code: str) -> EntityKind:
    found = next((kind for kind in _kinds() if kind.code == code), None)
    if found is None:
        raise Invalid({"kind": "Таких карточек нет или их модуль выключен"})
    return found


def _whole(field: Field) -> dict[str, Any]:
    row = Field.objects.prefetch_related("rights__role").get(pk=field.pk)
    return field_out(row, list(Field.objects.filter(kind=row.kind)))
