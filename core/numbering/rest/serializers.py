"""Shapes of numbering."""

from collections.abc import Sequence
from typing import Any

from rest_framework import serializers

from core.access.actor import Actor
from core.custom_fields.rules.shapes import MOST_TYPES
from core.entities.rest.rows import instant
from core.organization.people import people
from core.organization.rest.serializers import PersonOut
from core.registry import registry
from core.rest.fields import ID, LineField

from ..models import NumberMask, ReservedNumber
from ..permissions import MANAGE_NUMBERS
from ..rules import LONGEST_MASK, LONGEST_SIGN

_MODE = "strict: no gaps, each waits for the one before; fast: nobody waits, not always in a row"


class TypeSignIn(serializers.Serializer):
    """The short code of one type of cards in numbers; the kind's own type has an empty `code`."""

    code = serializers.CharField(max_length=40, allow_blank=True)
    sign = LineField(max_length=LONGEST_SIGN, allow_blank=True)


class MaskIn(serializers.Serializer):
    """«ВХ-{ГГГГ}-{####}»: `{N}` or `{####}` is the counter; `{ГГГГ} {ГГ} {КВ} {ММ} {ДД}` are the day's, `{ОТДЕЛ}` and
    `{ТИП}` the short codes of the card's department and type."""

    mask = LineField(max_length=LONGEST_MASK)
    period = serializers.ChoiceField(NumberMask.Period.choices, default=NumberMask.Period.NONE)
    mode = serializers.ChoiceField(NumberMask.Mode.choices, default=NumberMask.Mode.STRICT, help_text=_MODE)
    # The stub does not know that `many` makes a list of them, which takes more.
    types = TypeSignIn(many=True, max_length=MOST_TYPES + 1, required=False)  # type: ignore[call-arg]
    next = serializers.IntegerField(required=False, allow_null=True, help_text="the next counter", **ID)


class TypeSignOut(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()
    sign = serializers.CharField(help_text="empty: «00» stands in numbers")


class NumberingOut(serializers.Serializer):
    """How a kind of card is numbered."""

    kind = serializers.CharField()
    title = serializers.CharField()
    mask = serializers.CharField()
    period = serializers.ChoiceField(NumberMask.Period.choices)
    mode = serializers.ChoiceField(NumberMask.Mode.choices, help_text=_MODE)
    types = TypeSignOut(many=True, help_text="of kinds that have types")
    upcoming = serializers.ListField(
        child=serializers.CharField(), help_text="the next three numbers, or the next one of some departments and types"
    )


class NumberingList(serializers.Serializer):
    results = NumberingOut(many=True)


class UpcomingOut(serializers.Serializer):
    upcoming = serializers.ListField(child=serializers.CharField(), help_text="as in the list of masks")


class ReserveIn(serializers.Serializer):
    """Numbers to keep for oneself."""

    kind = serializers.CharField(max_length=60)
    count = serializers.IntegerField(min_value=1, max_value=2**31 - 1, default=1)
    until = serializers.DateField(help_text="the last day")
    purpose = LineField(max_length=200, allow_blank=True, default="")
    card_type = serializers.CharField(max_length=40, allow_blank=True, default="", help_text="code of a type")
    back_dated = serializers.DateField(
        required=False, allow_null=True, default=None, help_text="a past day: numbers under its last one, «З-15/1»"
    )


class ReservedOut(serializers.Serializer):
    """A number that somebody keeps for a card to come."""

    id = serializers.IntegerField()
    kind = serializers.CharField()
    kind_title = serializers.CharField()
    number = serializers.CharField()
    holder = PersonOut()
    until = serializers.DateTimeField()
    purpose = serializers.CharField()
    is_mine = serializers.BooleanField()
    can_give_back = serializers.BooleanField()


class ReservedMade(serializers.Serializer):
    results = ReservedOut(many=True)


class ReservedPage(ReservedMade):
    next = serializers.CharField(allow_null=True)


class NumberedTypeOut(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()


class NumberedKindOut(serializers.Serializer):
    kind = serializers.CharField()
    title = serializers.CharField()
    types = NumberedTypeOut(many=True, help_text="where the number says the type: those to choose from, else none")


class NumberedKinds(serializers.Serializer):
    results = NumberedKindOut(many=True)


def reserved_out(rows: Sequence[ReservedNumber], actor: Actor) -> list[dict[str, Any]]:
    """A page of kept numbers; one query for all their holders."""
    known, manages = people(row.holder_id for row in rows), actor.may(MANAGE_NUMBERS)
    return [
        {
            "id": row.pk,
            "kind": row.kind,
            "kind_title": registry.kind_of(row.kind).title,
            "number": row.number,
            "holder": known.get(row.holder_id or 0),
            "until": instant(row.until),
            "purpose": row.purpose,
            "is_mine": row.holder_id == actor.principal_id,
            "can_give_back": manages or row.holder_id == actor.principal_id,
        }
        for row in rows
    ]
