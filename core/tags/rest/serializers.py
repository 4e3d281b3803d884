"""Shapes of tags."""

from typing import Any

from rest_framework import serializers

from core.rest.fields import ID, LineField

from ..models import Tag
from ..rules import COLOURS, LONGEST, MOST_ON_CARD

_COLOUR = [color for color in COLOURS if color]


class TagOut(serializers.Serializer):
    id = serializers.IntegerField()
    title = serializers.CharField()
    color = serializers.ChoiceField(_COLOUR, allow_blank=True)


class TagList(serializers.Serializer):
    """A page of the company's tags by title."""

    results = TagOut(many=True)
    next = serializers.CharField(allow_null=True)


class CardTagsOut(serializers.Serializer):
    results = TagOut(many=True)
    can_edit = serializers.BooleanField()


class CardTagsIn(serializers.Serializer):
    """All the tags that the card is to carry, by title; unknown ones are made."""

    tags = serializers.ListField(child=LineField(max_length=LONGEST), max_length=MOST_ON_CARD)


class TagChangesIn(serializers.Serializer):
    title = LineField(max_length=LONGEST, required=False)
    color = serializers.ChoiceField(_COLOUR, allow_blank=True, required=False)


class MergeIn(serializers.Serializer):
    into = serializers.IntegerField(help_text="the tag that stays", **ID)


def tag_out(tag: Tag) -> dict[str, Any]:
    return {"id": tag.pk, "title": tag.title, "color": tag.color}
