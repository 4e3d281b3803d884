"""Shapes of dismissals."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from core.entities.rest.rows import instant
from core.organization.models import Employee
from core.organization.people import people
from core.organization.rest.serializers import PersonOut
from core.rest.fields import ID

from ..models import Dismissal
from ..queries import counts, dismissal_of, handovers
from ..registry import Fate

_MOST_SORTS = 100
_FATES = [fate.value for fate in Fate]
_STATES = ["none", *Dismissal.State.values]


class HandoverHeirIn(serializers.Serializer):
    """Who gets things of one sort; null leaves them where they are."""

    code = serializers.CharField(max_length=60)
    successor = serializers.IntegerField(allow_null=True, help_text="employee card", **ID)


class DismissIn(serializers.Serializer):
    """`successor` gets everything for which `pieces` name nobody else."""

    successor = serializers.IntegerField(required=False, allow_null=True, default=None, help_text="employee card", **ID)
    pieces = serializers.ListField(child=HandoverHeirIn(), required=False, max_length=_MOST_SORTS)
    last_day = serializers.DateField(
        required=False, allow_null=True, default=None, help_text="today or earlier: at once; later: when it is over"
    )

    def validate_pieces(self, pieces: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if len({piece["code"] for piece in pieces}) < len(pieces):
            raise serializers.ValidationError("Каждый вид дел называется один раз")
        return pieces


class HandoverReasonOut(serializers.Serializer):
    text = serializers.CharField()
    count = serializers.IntegerField()


class HandoverPieceOut(serializers.Serializer):
    """One sort of things: how many he holds now, how many went on and how many could not."""

    code = serializers.CharField()
    title = serializers.CharField()
    hint = serializers.CharField(help_text="what becomes of them")
    fate = serializers.ChoiceField(_FATES)
    count = serializers.IntegerField(help_text="open ones that he holds now, up to 10,000")
    given = serializers.IntegerField()
    left = serializers.IntegerField()
    reasons = HandoverReasonOut(many=True, help_text="why some were left, the most frequent first")
    successor = PersonOut(allow_null=True)


class HandoverOut(serializers.Serializer):
    """What a person holds, and how far his dismissal has come."""

    state = serializers.ChoiceField(_STATES)
    last_day = serializers.DateField(allow_null=True)
    starts_at = serializers.DateTimeField(allow_null=True)
    asked_by = PersonOut(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)
    reason = serializers.CharField(help_text="why it was stopped, else empty")
    given = serializers.IntegerField(help_text="went to others; what was dropped is told by its piece")
    left = serializers.IntegerField()
    remaining = serializers.IntegerField(help_text="open things that are still to be looked at")
    pieces = HandoverPieceOut(many=True)


def handover_out(employee: Employee) -> dict[str, Any]:
    """Four statements, however much he holds."""
    row, held = dismissal_of(employee.pk), counts(employee)
    pieces = _pieces(row, held)
    given = sum(piece["given"] for piece in pieces if piece["fate"] == Fate.GIVEN)
    left = sum(piece["left"] for piece in pieces)
    walked = sum(piece["count"] - piece["left"] for piece in pieces if _is_walked(piece, row))
    by = people([row.asked_by_id])[row.asked_by_id] if row else None
    return {
        "state": row.state if row else "none",
        "last_day": row.last_day if row else None,
        "starts_at": instant(row.starts_at) if row else None,
        "asked_by": by,
        "finished_at": instant(row.finished_at) if row else None,
        "reason": row.reason if row else "",
        "given": given,
        "left": left,
        "remaining": max(0, walked) if row and row.state == Dismissal.State.RUNNING else 0,
        "pieces": pieces,
    }


def _is_walked(piece: Mapping[str, Any], row: Dismissal | None) -> bool:
    if piece["fate"] == Fate.STAYS:
        return False
    return piece["fate"] == Fate.DROPPED or bool(row and row.heirs.get(piece["code"]))


def _pieces(row: Dismissal | None, held: Mapping[str, int]) -> list[dict[str, Any]]:
    heirs, walk = (row.heirs, row.walk) if row else ({}, {})
    cards = {pk for pk in heirs.values() if pk}
    principals = dict(Employee.objects.filter(pk__in=cards).values_list("pk", "principal_id")) if cards else {}
    known = people(principals.values())
    return [
        {
            "code": sort.code,
            "title": sort.title,
            "hint": sort.hint,
            "fate": sort.fate.value,
            "count": held[sort.code],
            "given": line.get("given", 0),
            "left": line.get("left", 0),
            "reasons": _reasons(line.get("why", {})),
            "successor": known.get(principals.get(heirs.get(sort.code) or 0, 0)),
        }
        for sort in handovers()
        for line in [walk.get(sort.code, {})]
    ]


def _reasons(why: Mapping[str, int]) -> list[dict[str, Any]]:
    return [{"text": text, "count": count} for text, count in sorted(why.items(), key=lambda one: (-one[1], one[0]))]
