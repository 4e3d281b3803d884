"""Shapes of the company's statuses and of the moves between them."""

from typing import Any

from rest_framework import serializers

from core.entities.models import OwnStatus
from core.entities.rest.serializers import OwnStatusOut
from core.rest.fields import ID, LineField

from ..rules import COLOURS, LONGEST_BUTTON, LONGEST_TITLE, MOST_STATUSES, Node, Step

_PAINT: dict[str, Any] = {"allow_blank": True, "help_text": "of the interface's palette; empty for the base's own"}
_COLOURS = [color for color in COLOURS if color]
_TYPE: dict[str, Any] = {"max_length": 40, "allow_blank": True}
_TYPE["help_text"] = "code of a type that the company has added; empty for the kind's own"


class KnownStatusOut(OwnStatusOut):
    """One that cards of a type may stand in, for filters and forms."""

    base = serializers.CharField(help_text="the kind's own status that it refines")
    card_type = serializers.CharField(allow_blank=True)


class KnownStatusList(serializers.Serializer):
    results = KnownStatusOut(many=True)


class StatusMoveOut(OwnStatusOut):
    """A move that this reader may make with this card now."""

    base = serializers.CharField()
    button = serializers.CharField(allow_blank=True, help_text="what the company has called the move; empty: nothing")
    do = serializers.CharField(allow_blank=True, help_text="the deed behind it; empty within one base")
    needs_text = serializers.BooleanField()


class CardStatusOut(serializers.Serializer):
    """Where a card stands, and where its reader may move it."""

    status = serializers.CharField()
    status_title = serializers.CharField()
    own_status = OwnStatusOut(allow_null=True)
    moves = StatusMoveOut(many=True)
    version = serializers.IntegerField(help_text="of the card")


class StatusMoveIn(serializers.Serializer):
    to = serializers.IntegerField(**ID, help_text="id of a status")
    text = serializers.CharField(max_length=10_000, allow_blank=True, default="")
    anyway = serializers.BooleanField(default=False, help_text="go the way that the refusal has named")


class BaseOut(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()


class StatusSettingsOut(KnownStatusOut):
    """A status as those who set up cards see it."""

    is_plain = serializers.BooleanField(help_text="the base itself: it can be renamed and hidden")
    is_default = serializers.BooleanField(help_text="where verbs lead that name the base alone")
    is_archived = serializers.BooleanField()
    cards_count = serializers.IntegerField(help_text="up to 10,000")
    makes_way_for = serializers.IntegerField(allow_null=True, help_text="where its cards are being moved")


class WayIn(serializers.Serializer):
    # It hides nothing: the library takes declared fields off the class, which its stub does not know.
    source = serializers.IntegerField(**ID)  # type: ignore[assignment]
    to = serializers.IntegerField(**ID)
    title = LineField(max_length=LONGEST_BUTTON, allow_blank=True, default="", help_text="what the button says")
    needs_comment = serializers.BooleanField(default=False)
    roles = serializers.ListField(
        child=serializers.CharField(max_length=60), max_length=50, default=list, help_text="codes; none: everybody"
    )


class LeadOut(serializers.Serializer):
    """Between these two of the kind's own statuses some deed leads."""

    source = serializers.CharField()  # type: ignore[assignment]
    to = serializers.CharField()


class SchemeOut(serializers.Serializer):
    """Statuses of one type of cards, archived ones last, and the moves between them; none drawn: all are allowed."""

    kind = serializers.CharField()
    card_type = serializers.CharField(allow_blank=True)
    version = serializers.IntegerField(help_text="of the whole; 0 before it is begun")
    bases = BaseOut(many=True)
    leads = LeadOut(many=True)
    usual = serializers.CharField(help_text="the base that a company is the first to refine")
    statuses = StatusSettingsOut(many=True)
    moves = WayIn(many=True)


class SchemeIn(serializers.Serializer):
    kind = serializers.CharField(max_length=60)
    card_type = serializers.CharField(default="", **_TYPE)


class SchemeMovesIn(SchemeIn):
    version = serializers.IntegerField(min_value=0, required=False, help_text="of the scheme that has been seen")
    # The stub does not know that `many` makes a list of them, which takes more.
    moves = WayIn(many=True, max_length=MOST_STATUSES * MOST_STATUSES)  # type: ignore[call-arg]


class OwnStatusIn(SchemeIn):
    base = serializers.CharField(max_length=30)
    title = LineField(max_length=LONGEST_TITLE)
    color = serializers.ChoiceField(_COLOURS, default="", **_PAINT)


class OwnStatusChangesIn(serializers.Serializer):
    """Only the given parts change."""

    title = LineField(max_length=LONGEST_TITLE, required=False)
    color = serializers.ChoiceField(_COLOURS, required=False, **_PAINT)
    is_default = serializers.BooleanField(required=False)
    is_archived = serializers.BooleanField(required=False)


class OwnStatusPlaceIn(serializers.Serializer):
    after = serializers.IntegerField(allow_null=True, help_text="the status before; null for the beginning", **ID)


class CarryIn(serializers.Serializer):
    to = serializers.IntegerField(**ID, help_text="a status of the same base")


def shown_node(node: Node) -> dict[str, Any]:
    return {"id": node.id, "title": node.title, "color": node.color}


def known_out(row: OwnStatus) -> dict[str, Any]:
    return {
        "id": row.pk, "title": row.title, "color": row.color, "base": row.base, "card_type": row.card_type,
    }  # fmt: skip


def status_out(row: OwnStatus, count: int) -> dict[str, Any]:
    return known_out(row) | {
        "is_plain": row.is_plain,
        "is_default": row.is_default,
        "is_archived": row.archived_at is not None,
        "cards_count": count,
        "makes_way_for": row.makes_way_for_id if count else None,
    }


def step_out(step: Step) -> dict[str, Any]:
    """A move as `StatusMoveOut`."""
    return shown_node(step.node) | {
        "base": step.node.base,
        "button": step.title if step.is_named else "",
        "do": step.do,
        "needs_text": step.needs_text,
    }
