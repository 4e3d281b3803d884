"""Doing one thing with many cards of a list, and taking it back."""

from collections.abc import Mapping
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.access.actor import Actor
from core.errors import Invalid
from core.registry import registry
from core.rest.bulk import AT_ONCE, MOST_FILTERED, MOST_NAMED, BulkAction, do_all, next_of, undo_all
from core.rest.cards import CardViewSet
from core.rest.fields import ID
from core.rest.groups import in_group
from core.rest.request import Request

from .. import trash
from ..kinds import EntityKind
from ..models import Ref


def _throw(card: Any, kind: EntityKind, values: Mapping[str, Any], by: Actor) -> Any:
    trash.trash(card, by=by)
    return []


def _take_back(card: Any, kind: EntityKind, told: Any, by: Actor) -> None:
    trash.restore(Ref(kind.code, card.pk), by=by)


TRASH = BulkAction("trash", "В корзину", _throw, _take_back)


class BulkIn(serializers.Serializer):
    """What to do with which cards: those named by `ids`, or those that the list's `filter` finds, a hundred at once
    behind `after`."""

    action = serializers.CharField(max_length=40)
    ids = serializers.ListField(child=serializers.IntegerField(**ID), max_length=MOST_NAMED, required=False)
    filter = serializers.DictField(
        child=serializers.CharField(allow_blank=True, max_length=1000), required=False, help_text="as the list takes it"
    )
    count = serializers.IntegerField(
        min_value=0, max_value=MOST_FILTERED, default=0, help_text="how many cards the person has seen by that filter"
    )
    after = serializers.IntegerField(min_value=0, max_value=2**62, default=0, help_text="`next` of the former answer")
    values = serializers.DictField(default=dict, help_text="what the action asks for")


class UndoIn(serializers.Serializer):
    undo = serializers.CharField(max_length=500_000, help_text="the note of an answer of `bulk`")


class OutcomeOut(serializers.Serializer):
    id = serializers.IntegerField()
    outcome = serializers.ChoiceField(["done", "same", "refused"])
    reason = serializers.CharField(allow_blank=True, help_text="why it is refused")


class BulkOut(serializers.Serializer):
    results = OutcomeOut(many=True)
    undo = serializers.CharField(allow_null=True, help_text="puts back what was done, for an hour; null: nothing to")
    next = serializers.IntegerField(allow_null=True, help_text="`after` of the next request by the same filter")


class Bulked(CardViewSet):
    """Gives a kind `bulk/` and `bulk/undo/`; `bulk_actions` are the kind's own beside those of its mechanisms."""

    bulk_actions: ClassVar[tuple[BulkAction, ...]] = ()

    @extend_schema(request=BulkIn, responses=BulkOut)
    def bulk(self, request: Request) -> Response:
        """Each card is done by itself: what one of them refuses is said of it, and the others go on."""
        told = BulkIn(data=request.data)
        told.is_valid(raise_exception=True)
        given = told.validated_data
        action = next((one for one in self._actions() if one.code == given["action"]), None)
        if action is None:
            raise Invalid({"action": f"Можно: {', '.join(one.code for one in self._actions())}"})
        ids, further = self._cards(given)
        answer = do_all(action, self.kind, ids, self._values(action, given["values"]), self.actor)
        return Response(answer | {"next": further})

    @extend_schema(request=UndoIn, responses=BulkOut)
    def bulk_undo(self, request: Request) -> Response:
        """Put back exactly what was done, but for cards that somebody has changed since."""
        told = UndoIn(data=request.data)
        told.is_valid(raise_exception=True)
        return Response(undo_all(self._actions(), self.kind, told.validated_data["undo"], self.actor) | {"next": None})

    def _actions(self) -> list[BulkAction]:
        traits = registry.traits_of(self.kind.model)
        return [*self.bulk_actions, *(action for trait in traits for action in trait.bulk)]

    def _values(self, action: BulkAction, given: dict[str, Any]) -> dict[str, Any]:
        if action.values is None:
            return {}
        read = action.values(data=given)
        read.is_valid(raise_exception=True)
        return dict(read.validated_data)

    def _cards(self, given: dict[str, Any]) -> tuple[list[int], int | None]:
        if ("ids" in given) == ("filter" in given):
            raise Invalid({"ids": "Назовите карточки или условия списка: что-то одно"})
        if "ids" in given:
            return given["ids"], None
        params = given["filter"]
        rows = self._grammar(params).narrow(self.listed(params), params)
        rows = in_group(rows, self.seen(self.groupings), params)
        ids = next_of(rows, count=given["count"], after=given["after"])
        return ids, ids[-1] if len(ids) == AT_ONCE else None
