"""The history of a card."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from core.rest.access import SIGNED_IN
from core.rest.cards import AboutCardView
from core.rest.filters import Grammar
from core.rest.pages import page_of
from core.rest.request import Request

from ..queries import facts_of, lines_of
from .serializers import HistoryOut

_GRAMMAR = Grammar(orderings={"id": "id"}, default_ordering="-id")


class CardHistoryView(AboutCardView):
    """Everything that happened to one card."""

    access = {"get": SIGNED_IN}

    @extend_schema(parameters=[OpenApiParameter("cursor", str), OpenApiParameter("limit", int)], responses=HistoryOut)
    def get(self, request: Request, card_id: int) -> Response:
        """Newest first."""
        asked = {name: request.query_params[name] for name in ("cursor", "limit") if name in request.query_params}
        page = page_of(facts_of(self.card, self.actor), asked, _GRAMMAR)
        return Response({"results": lines_of(page.rows, self.kind, self.actor), "next": page.next})
