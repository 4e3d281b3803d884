"""How cards are numbered, set by the administrator; numbers that people keep for later."""

from collections.abc import Sequence
from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from core.context import enabled_modules
from core.custom_fields.mixin import Customizable
from core.custom_fields.queries import types_of
from core.entities.kinds import EntityKind
from core.errors import NotFound
from core.registry import registry
from core.rest.access import Access, needs
from core.rest.filters import Filter, Grammar, flag
from core.rest.pages import page_of
from core.rest.request import Request
from core.rest.views import CompanyView

from ..actions import default_mask, give_back, refuse_signs, reserve, set_mask, upcoming
from ..models import NumberMask
from ..permissions import MANAGE_NUMBERS, RESERVE_NUMBERS
from ..queries import mask_of, masks, reserved_numbers
from .serializers import (
    MaskIn,
    NumberedKinds,
    NumberingList,
    NumberingOut,
    ReservedMade,
    ReservedPage,
    ReserveIn,
    UpcomingOut,
    reserved_out,
)

_RESERVED = Grammar(filters={"kind": Filter("kind", str)}, orderings={"until": "until"}, default_ordering="until")
_LIST = [
    OpenApiParameter("kind", str),
    OpenApiParameter("mine", bool, description="one's own alone"),
    OpenApiParameter("cursor", str),
    OpenApiParameter("limit", int),
]


class NumberingView(CompanyView):
    access: ClassVar[dict[str, Access]] = {"get": needs(MANAGE_NUMBERS)}

    @extend_schema(responses=NumberingList)
    def get(self, request: Request) -> Response:
        """Kinds of cards that have numbers, each with its next ones."""
        known = masks()
        return Response({"results": [_shown(kind, known.get(kind.code)) for kind in _numbered()]})


class KindNumberingView(CompanyView):
    access: ClassVar[dict[str, Access]] = {"put": needs(MANAGE_NUMBERS)}

    @extend_schema(request=MaskIn, responses=NumberingOut)
    def put(self, request: Request, kind: str) -> Response:
        """Number new cards of a kind by a mask; cards that have a number keep it."""
        found, told = _named(kind, _numbered()), _told(request)
        types = _types(told, mask_of(kind))
        plan = {"mask": told["mask"], "period": told["period"], "mode": told["mode"], "start": told.get("next")}
        set_mask(found, **plan, types=types, by=self.actor)
        return Response(_shown(found, NumberMask.objects.get(pk=kind)))


class NumberingPreviewView(CompanyView):
    access: ClassVar[dict[str, Access]] = {"post": needs(MANAGE_NUMBERS)}

    @extend_schema(request=MaskIn, responses=UpcomingOut)
    def post(self, request: Request, kind: str) -> Response:
        """The next numbers by a mask that is not kept yet."""
        found, told = _named(kind, _numbered()), _told(request)
        refuse_signs(told["mask"])
        types = _types(told, mask_of(kind))
        return Response({"upcoming": upcoming(found, told["mask"], told["period"], told.get("next"), types)})


class NumberedKindsView(CompanyView):
    access: ClassVar[dict[str, Access]] = {"get": needs(RESERVE_NUMBERS)}

    @extend_schema(responses=NumberedKinds)
    def get(self, request: Request) -> Response:
        """Kinds of cards whose numbers can be kept for later."""
        known = masks()
        return Response({"results": [_offered(kind, known.get(kind.code)) for kind in _kept()]})


class ReservedNumbersView(CompanyView):
    """Numbers that are kept for later: everybody who may keep some sees all of them."""

    access: ClassVar[dict[str, Access]] = {"get": needs(RESERVE_NUMBERS), "post": needs(RESERVE_NUMBERS)}

    @extend_schema(parameters=_LIST, responses=ReservedPage)
    def get(self, request: Request) -> Response:
        params = request.query_params.copy()
        mine = flag(params.pop("mine")[-1]) if params.get("mine") in ("true", "false") else False
        live = [kind.code for kind in _kept()]
        rows = reserved_numbers(of=self.actor if mine else None).filter(kind__in=live)
        page = page_of(_RESERVED.narrow(rows, params), params, _RESERVED)
        return Response({"results": reserved_out(page.rows, self.actor), "next": page.next})

    @extend_schema(request=ReserveIn, responses={201: ReservedMade})
    def post(self, request: Request) -> Response:
        """Keep the next numbers of a kind for oneself until the end of a day."""
        told = ReserveIn(data=request.data)
        told.is_valid(raise_exception=True)
        asked = dict(told.validated_data)
        rows = reserve(_named(asked.pop("kind"), _kept()), **asked, by=self.actor)
        return Response({"results": reserved_out(rows, self.actor)}, status=201)


class ReservedNumberView(CompanyView):
    access: ClassVar[dict[str, Access]] = {"delete": needs(RESERVE_NUMBERS)}

    @extend_schema(responses={204: None})
    def delete(self, request: Request, reserved_id: int) -> Response:
        """Give a number back: whoever comes next gets it."""
        row = reserved_numbers().filter(pk=reserved_id).first()
        if row is None:
            raise NotFound()
        give_back(row, by=self.actor)
        return Response(status=204)


def _types(told: dict[str, Any], stands: NumberMask | None) -> dict[str, str]:
    """Short codes of types as they were told; where nothing was, they stay."""
    if "types" not in told:
        return stands.types if stands else {}
    return {one["code"]: one["sign"] for one in told["types"]}


def _numbered() -> list[EntityKind]:
    return [kind for kind in registry.live_kinds(enabled_modules()) if hasattr(kind.model, "NUMBER_PREFIX")]


def _kept() -> list[EntityKind]:
    """Those of them whose numbers can wait for a card to come."""
    return [kind for kind in _numbered() if getattr(kind.model, "KEEPS_NUMBERS", True)]


def _named(code: str, among: Sequence[EntityKind]) -> EntityKind:
    found = next((kind for kind in among if kind.code == code), None)
    if found is None:
        raise NotFound()
    return found


def _told(request: Request) -> dict[str, Any]:
    told = MaskIn(data=request.data)
    told.is_valid(raise_exception=True)
    return told.validated_data


def _types_told(kind: EntityKind) -> list[tuple[str, str]]:
    """(code, title) of all types of a kind, its own first; none where it can have none."""
    if not issubclass(kind.model, Customizable):
        return []
    return [("", kind.title), *((one.code, one.title) for one in types_of(kind.code))]


def _offered(kind: EntityKind, row: NumberMask | None) -> dict[str, Any]:
    known = _types_told(kind) if row and row.per_type else []
    types = [{"code": code, "title": title} for code, title in known] if len(known) > 1 else []
    return {"kind": kind.code, "title": kind.title, "types": types}


def _shown(kind: EntityKind, row: NumberMask | None) -> dict[str, Any]:
    mask, period = (row.mask, row.period) if row else (default_mask(kind), NumberMask.Period.NONE)
    signs = row.types if row else {}
    types = [{"code": code, "title": title, "sign": signs.get(code, "")} for code, title in _types_told(kind)]
    return {
        "kind": kind.code,
        "title": kind.title,
        "mask": mask,
        "period": period,
        "mode": row.mode if row else NumberMask.Mode.STRICT,
        "types": types,
        "upcoming": upcoming(kind, mask, period, types=signs),
    }
