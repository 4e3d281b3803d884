"""The history of a card."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from core.rest.access import SIGNED_IN
from core.rest.cards import AboutCardView
from core.rest.filters import Grammar
from core.rest.pages import page_of
from core.rest.request import Request

from ..actions import take_back, turn_back
from ..queries import facts_of, lines_of
from .serializers import HistoryOut, PutBackIn, PutBackOut

_GRAMMAR = Grammar(orderings={"id": "id"}, default_ordering="-id")


class CardHistoryView(AboutCardView):
    """Everything that happened to one card."""

    access = {"get": SIGNED_IN}

    @extend_schema(parameters=[OpenApiParameter("cursor", str), OpenApiParameter("limit", int)], responses=HistoryOut)
    def get(self, request: Request, card_id: int) -> Response:
        """Newest first."""
        asked = {name: request.query_params[name] for name in ("cursor", "limit") if name in request.query_params}
        page = page_of(facts_of(self.card, self.actor), asked, _GRAMMAR)
        lines = lines_of(page.rows, self.kind, self.actor, self.card)
        return Response({"results": lines, "next": page.next})


class RestoreView(AboutCardView):
    """Values of the past."""

    access = {"post": SIGNED_IN}

    @extend_schema(request=PutBackIn, responses=PutBackOut)
    def post(self, request: Request, card_id: int, fact_id: int) -> Response:
        """Put back what stood before one line of the history, or the whole card as it stood after it."""
        told = PutBackIn(data=request.data)
        told.is_valid(raise_exception=True)
        given = told.validated_data
        if given["whole"]:
            done = turn_back(self.card, self.kind, fact_id=fact_id, by=self.actor)
        else:
            done = take_back(self.card, self.kind, fact_id=fact_id, fields=given.get("fields", ()), by=self.actor)
        return Response({"restored": done.fields, "left": done.left})
