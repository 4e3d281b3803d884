"""The trash and «Мой день»: what concerns cards of all kinds at once."""

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from core.context import enabled_modules
from core.entities import trash
from core.entities.models import Entity, Ref
from core.errors import Invalid
from core.organization.people import people
from core.registry import registry
from core.rest.access import SIGNED_IN, Access
from core.rest.filters import Grammar
from core.rest.pages import page_of
from core.rest.request import Request
from core.rest.views import CompanyView

from .rows import instant
from .serializers import HomeOut, RestoreIn, TrashOut

_NEWEST_FIRST = Grammar(orderings={"trashed_at": "trashed_at"}, default_ordering="-trashed_at")


class TrashView(CompanyView):
    """What the caller may take back, newest first."""

    access: ClassVar[dict[str, Access]] = {"get": SIGNED_IN}

    @extend_schema(responses=TrashOut)
    def get(self, request: Request) -> Response:
        page = page_of(trash.trashed(self.actor), request.query_params, _NEWEST_FIRST)
        doers = people({card.trashed_by_id for card in page.rows})
        shown = [_row(card, doers) for card in page.rows]
        return Response({"results": shown, "next": page.next, "kept_days": trash.kept().days})


class RestoreView(CompanyView):
    """Take one card back, whatever its kind."""

    access: ClassVar[dict[str, Access]] = {"post": SIGNED_IN}

    @extend_schema(request=RestoreIn, responses={204: None})
    def post(self, request: Request) -> Response:
        given = RestoreIn(data=request.data)
        given.is_valid(raise_exception=True)
        try:
            ref = Ref.parse(given.validated_data["ref"])
        except ValueError as wrong:
            raise Invalid({"ref": "Это не адрес карточки"}) from wrong
        trash.restore(ref, by=self.actor)
        return Response(status=204)


class HomeView(CompanyView):
    """«Мой день»: sections of every module that is on."""

    access: ClassVar[dict[str, Access]] = {"get": SIGNED_IN}

    @extend_schema(responses=HomeOut)
    def get(self, request: Request) -> Response:
        codes = [code for code in registry.module_order() if code in enabled_modules()]
        makers = [make for code in codes for make in registry.modules[code].home]
        return Response({"sections": [section for make in makers for section in make(self.actor)]})


def _row(card: Entity, doers: dict[int, dict]) -> dict:
    kind = registry.kind(card.kind)
    return {
        "ref": str(card.ref),
        "kind_title": kind.title if kind else card.kind,
        "title": card.title,
        "number": card.number,
        "trashed_at": instant(card.trashed_at),
        "trashed_by": doers.get(card.trashed_by_id) if card.trashed_by_id else None,
        "gone_at": instant(card.trashed_at + trash.kept() if card.trashed_at else None),
    }
