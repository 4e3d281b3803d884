"""Those who watch a card."""

from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from core.errors import Stale
from core.organization.people import people, principals_of
from core.rest.access import SIGNED_IN, Access
from core.rest.cards import AboutCardView, seen_version
from core.rest.filters import Grammar
from core.rest.pages import page_of
from core.rest.request import Request

from ..actions import set_watchers, unwatch, watch
from ..queries import gathers, may_watch, watchers_of, watching
from .serializers import WatchersIn, WatchersOut

_GRAMMAR = Grammar(orderings={"id": "id"}, default_ordering="id")
_PAGING = [OpenApiParameter("cursor", str), OpenApiParameter("limit", int)]


class CardWatchersView(AboutCardView):
    """Who keeps an eye on one card."""

    versioned = frozenset({"put"})
    answers_card = frozenset({"put"})
    access: ClassVar[dict[str, Access]] = {
        "get": SIGNED_IN, "put": SIGNED_IN, "post": SIGNED_IN, "delete": SIGNED_IN,
    }  # fmt: skip

    def handle_exception(self, failure: Exception) -> Response:
        if isinstance(failure, Stale) and "current" not in failure.data:
            failure.data["current"] = self.whole_card()
        return super().handle_exception(failure)

    @extend_schema(parameters=_PAGING, responses=WatchersOut)
    def get(self, request: Request, card_id: int) -> Response:
        asked = {name: request.query_params[name] for name in ("cursor", "limit") if name in request.query_params}
        return Response(self._shown(asked))

    @extend_schema(request=WatchersIn)
    def put(self, request: Request, card_id: int) -> Response:
        """Name all of them anew; the answer is the card as its own address gives it."""
        told = WatchersIn(data=request.data)
        told.is_valid(raise_exception=True)
        named = told.validated_data["watchers"]
        principals = principals_of(named, field="watchers", keeping=watchers_of(self.card.pk))
        set_watchers(self.card, self.kind, principals=principals, version=seen_version(request), by=self.actor)
        card = self.whole_card()
        response = Response(card)
        response["ETag"] = f'"{card["version"]}"'
        return response

    @extend_schema(request=None, responses=WatchersOut)
    def post(self, request: Request, card_id: int) -> Response:
        """Watch it oneself from now on."""
        watch(self.card, self.kind, by=self.actor)
        return Response(self._shown({}))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, card_id: int) -> Response:
        """Watch it oneself no more."""
        unwatch(self.card, self.kind, by=self.actor)
        return Response(status=204)

    def _shown(self, asked: dict[str, Any]) -> dict[str, Any]:
        page = page_of(watching(self.card.pk), asked, _GRAMMAR)
        known = people([row.principal_id for row in page.rows])
        return {
            "results": [known[row.principal_id] for row in page.rows],
            "next": page.next,
            "is_watching": watching(self.card.pk).filter(principal=self.actor.principal_id).exists(),
            "can_watch": may_watch(self.card, self.kind, self.actor),
            "can_gather": gathers(self.card, self.kind, self.actor),
        }
