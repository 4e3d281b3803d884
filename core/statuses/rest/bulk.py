"""A status for many cards at once: each goes there by itself, as its own moves, roles and deeds let it."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.access.actor import Actor
from core.access.queries import visible
from core.entities.kinds import EntityKind, Lifecycle
from core.entities.models import Entity
from core.errors import NotFound
from core.rest.access import SIGNED_IN, Access
from core.rest.bulk import MOST_NAMED, BulkAction
from core.rest.fields import ID
from core.rest.request import Request
from core.rest.views import CompanyView

from ..actions.moving import move_status
from ..errors import StatusOfOtherType
from ..queries import Reach, scheme_of_card, standing
from .serializers import StatusMoveOut
from .views import KIND, kind_of

_MOST_TYPES = 50


class StatusOfManyIn(serializers.Serializer):
    """`to` are ids of statuses of one name, of each type of cards its own."""

    to = serializers.ListField(child=serializers.IntegerField(**ID), allow_empty=False, max_length=_MOST_TYPES)
    text = serializers.CharField(max_length=10_000, allow_blank=True, default="")


class ReachableIn(serializers.Serializer):
    ids = serializers.ListField(child=serializers.IntegerField(**ID), allow_empty=False, max_length=MOST_NAMED)


class ReachableOut(StatusMoveOut):
    """A status into which this reader may move some of the cards now; `id` is one of `to`, `cards` how many go."""

    to = serializers.ListField(child=serializers.IntegerField(), help_text="of each type of the cards its own")
    cards = serializers.IntegerField()


class ReachableList(serializers.Serializer):
    results = ReachableOut(many=True)


class ReachableView(CompanyView):
    """Where the cards that somebody has chosen in a list may go."""

    access: ClassVar[dict[str, Access]] = {"get": SIGNED_IN}

    @extend_schema(
        parameters=[KIND, OpenApiParameter("ids", str, required=True, description="of cards, through commas")],
        responses=ReachableList,
    )
    def get(self, request: Request) -> Response:
        """All statuses into which at least one of them may be moved, those of one name together."""
        kind = kind_of(request.query_params.get("kind", ""))
        asked = [one for one in request.query_params.get("ids", "").split(",") if one]
        told = ReachableIn(data={"ids": asked})
        told.is_valid(raise_exception=True)
        cards = list(visible(self.actor, kind).filter(pk__in=told.validated_data["ids"]).order_by("pk"))
        return Response({"results": reachable(self.actor, kind, cards)})


def reachable(actor: Actor, kind: EntityKind, cards: Sequence[Entity]) -> list[dict[str, Any]]:
    """The union of the moves of many cards, in the order of their bases; a fixed number of statements."""
    cycle = lifecycle_of(kind)
    if not cards:
        return []
    offered, working = cycle.passages(actor, cards), cycle.working(actor, cards)
    reach = Reach(actor, kind, [card.pk for card in cards])
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for card in cards:
        for step in reach.steps(card, offered.get(card.pk, ()), works=card.pk in working):
            node = step.node
            known = found.setdefault((node.base, node.title.lower()), _new(node))
            known["to"] |= {node.id}
            known["cards"] += 1
            known["needs_text"] |= step.needs_text
    order = list(kind.statuses)
    rows = sorted(found.values(), key=lambda row: order.index(row["base"]))
    return [row | {"to": sorted(row["to"])} for row in rows]


def lifecycle_of(kind: EntityKind) -> Lifecycle:
    if kind.lifecycle is None:
        raise NotFound()
    return kind.lifecycle


def _new(node: Any) -> dict[str, Any]:
    told = {"id": node.id, "title": node.title, "color": node.color, "base": node.base}
    return told | {"button": "", "do": "", "needs_text": False, "to": set(), "cards": 0}


def _move(card: Any, kind: EntityKind, values: Mapping[str, Any], by: Actor) -> Any:
    cycle, scheme = lifecycle_of(kind), scheme_of_card(card)
    target = next((pk for pk in values["to"] if scheme.by_id(pk)), None)
    if target is None:
        raise StatusOfOtherType()
    stands = standing(scheme, card)
    if stands and stands.id == target:
        return None
    before = cycle.noted(card)
    move_status(card, kind, to=target, by=by, text=values["text"])
    after = cycle.noted(kind.model._default_manager.get(pk=card.pk))
    return {name: value for name, value in before.items() if after[name] != value} or None


def _back(card: Any, kind: EntityKind, told: Any, by: Actor) -> None:
    lifecycle_of(kind).put_back(card, told, by=by)


STATUS_OF_MANY = BulkAction("status", "Перевести в другой статус", _move, _back, StatusOfManyIn)
