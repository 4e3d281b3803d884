"""Tags put on many cards, and taken off them."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from core.access.actor import Actor
from core.entities.kinds import EntityKind
from core.rest.bulk import BulkAction
from core.rest.fields import LineField

from ..actions import set_tags
from ..queries import tags_of
from ..rules import LONGEST


class TagTitleIn(serializers.Serializer):
    tag = LineField(max_length=LONGEST)


def _titles(card: Any) -> list[str]:
    return [tag.title for tag in tags_of(card.pk)]


def _put_on(card: Any, kind: EntityKind, values: Mapping[str, Any], by: Actor) -> Any:
    held = _titles(card)
    if values["tag"].lower() in {title.lower() for title in held}:
        return None
    set_tags(card, kind, titles=[*held, values["tag"]], by=by)
    return held


def _take_off(card: Any, kind: EntityKind, values: Mapping[str, Any], by: Actor) -> Any:
    held = _titles(card)
    kept = [title for title in held if title.lower() != values["tag"].lower()]
    if kept == held:
        return None
    set_tags(card, kind, titles=kept, by=by)
    return held


def _back(card: Any, kind: EntityKind, told: Any, by: Actor) -> None:
    set_tags(card, kind, titles=told, by=by)


BULK = (
    BulkAction("tag", "Добавить метку", _put_on, _back, TagTitleIn),
    BulkAction("untag", "Снять метку", _take_off, _back, TagTitleIn),
)
