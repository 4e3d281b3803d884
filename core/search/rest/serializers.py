"""Shapes of the search."""

from rest_framework import serializers

from core.entities.rest.briefs import BriefOut


class PieceOut(serializers.Serializer):
    """A piece of a text; `marked` when it is what was asked for."""

    text = serializers.CharField()
    marked = serializers.BooleanField()


class PlaceOut(serializers.Serializer):
    place = serializers.ChoiceField(["text", "comment", "file"])
    pieces = PieceOut(many=True)


class HitOut(serializers.Serializer):
    """A found card; `found` when it was met outside of number and title."""

    card = BriefOut()
    number = PieceOut(many=True)
    title = PieceOut(many=True)
    found = PlaceOut(allow_null=True)


class SearchedKindOut(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()
    icon = serializers.CharField()


class SearchOut(serializers.Serializer):
    """A page of found cards, best first. `shown_for` is what was looked for instead, in the other keyboard layout."""

    results = HitOut(many=True)
    next = serializers.CharField(allow_null=True)
    shown_for = serializers.CharField(help_text="empty when the question was answered as it was typed")
    kinds = SearchedKindOut(many=True, help_text="what the caller may look for")


class CardsOut(serializers.Serializer):
    results = BriefOut(many=True)


class NumberedOut(serializers.Serializer):
    """A number as it was asked for, and the card that it means."""

    asked = serializers.CharField()
    card = BriefOut()


class NumbersOut(serializers.Serializer):
    results = NumberedOut(many=True)
