"""Shapes of numbering."""

from rest_framework import serializers

from core.rest.fields import ID, LineField

from ..models import NumberMask
from ..rules import LONGEST_MASK


class MaskIn(serializers.Serializer):
    """«ВХ-{ГГГГ}-{####}»: `{N}` or `{####}` is the counter; `{ГГГГ} {ГГ} {КВ} {ММ} {ДД}` are the day's."""

    mask = LineField(max_length=LONGEST_MASK)
    period = serializers.ChoiceField(NumberMask.Period.choices, default=NumberMask.Period.NONE)
    next = serializers.IntegerField(required=False, allow_null=True, help_text="the next counter", **ID)


class NumberingOut(serializers.Serializer):
    """How a kind of card is numbered."""

    kind = serializers.CharField()
    title = serializers.CharField()
    mask = serializers.CharField()
    period = serializers.ChoiceField(NumberMask.Period.choices)
    upcoming = serializers.ListField(child=serializers.CharField(), help_text="the next three numbers")


class NumberingList(serializers.Serializer):
    results = NumberingOut(many=True)


class UpcomingOut(serializers.Serializer):
    upcoming = serializers.ListField(child=serializers.CharField(), help_text="the next three numbers")
