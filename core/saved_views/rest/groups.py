"""In which groups a card is, and how many cards views have."""

from typing import ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from core.rest.access import SIGNED_IN, Access
from core.rest.cards import AboutCardView
from core.rest.request import Request

from ..groups import counts_of, groups_with
from ..queries import choice_of, seen_views
from ..rules import COUNTED_UP_TO
from ..wording import Wording
from .serializers import CardGroupsOut, ViewCountsOut
from .views import ListsView

_KIND = OpenApiParameter("kind", str, required=True, description="whose list: tasks.task")


class CardGroupsView(AboutCardView):
    """The groups that hold a card now, of the first twenty that the caller sees: his own, then shared ones."""

    access: ClassVar[dict[str, Access]] = {"get": SIGNED_IN}

    @extend_schema(responses=CardGroupsOut)
    def get(self, request: Request, card_id: int) -> Response:
        held = groups_with(self.card, self.kind, reader=self.actor)
        wording = Wording(self.actor, self.kind, held)
        rows = [{"id": one.pk, "title": one.title, "params": wording.params(one)} for one in held]
        return Response({"results": rows})


class ViewCountsView(ListsView):
    """How many cards those views of a list have beside whose names the caller wants to see it."""

    access: ClassVar[dict[str, Access]] = {"get": SIGNED_IN}

    @extend_schema(parameters=[_KIND], responses=ViewCountsOut)
    def get(self, request: Request) -> Response:
        kind = self.kind_of(request.query_params.get("kind", ""))
        wanted = choice_of(self.actor, kind.code).counted
        views = seen_views(self.actor).filter(kind=kind.code, pk__in=wanted) if wanted else []
        found = counts_of(views, kind, reader=self.actor)
        rows = [
            {"id": pk, "count": min(count, COUNTED_UP_TO), "is_exact": count <= COUNTED_UP_TO}
            for pk, count in found.items()
        ]
        return Response({"results": rows})
