"""How cards are numbered: seen and set by the administrator."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from core.context import enabled_modules
from core.entities.kinds import EntityKind
from core.errors import NotFound
from core.registry import registry
from core.rest.access import Access, needs
from core.rest.request import Request
from core.rest.views import CompanyView

from ..actions import default_mask, set_mask, upcoming
from ..models import NumberMask
from ..permissions import MANAGE_NUMBERS
from ..queries import masks
from .serializers import MaskIn, NumberingList, NumberingOut, UpcomingOut


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
        found, told = _kind(kind), _told(request)
        set_mask(found, mask=told["mask"], period=told["period"], start=told.get("next"), by=self.actor)
        return Response(_shown(found, NumberMask.objects.get(pk=kind)))


class NumberingPreviewView(CompanyView):
    access: ClassVar[dict[str, Access]] = {"post": needs(MANAGE_NUMBERS)}

    @extend_schema(request=MaskIn, responses=UpcomingOut)
    def post(self, request: Request, kind: str) -> Response:
        """The next numbers by a mask that is not kept yet."""
        found, told = _kind(kind), _told(request)
        return Response({"upcoming": upcoming(found, told["mask"], told["period"], told.get("next"))})


def _numbered() -> list[EntityKind]:
    return [kind for kind in registry.live_kinds(enabled_modules()) if hasattr(kind.model, "NUMBER_PREFIX")]


def _kind(code: str) -> EntityKind:
    found = next((kind for kind in _numbered() if kind.code == code), None)
    if found is None:
        raise NotFound()
    return found


def _told(request: Request) -> dict[str, Any]:
    told = MaskIn(data=request.data)
    told.is_valid(raise_exception=True)
    return told.validated_data


def _shown(kind: EntityKind, row: NumberMask | None) -> dict[str, Any]:
    mask, period = (row.mask, row.period) if row else (default_mask(kind), NumberMask.Period.NONE)
    return {
        "kind": kind.code,
        "title": kind.title,
        "mask": mask,
        "period": period,
        "upcoming": upcoming(kind, mask, period),
    }
