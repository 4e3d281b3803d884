"""Shapes of reading lists."""

from collections.abc import Sequence
from typing import Any

from rest_framework import serializers

from core.entities.rest.rows import instant
from core.organization.people import people
from core.organization.rest.serializers import PersonOut
from core.rest.fields import ID
from core.saved_views.rules import MOST_NAMED

from ..models import Acknowledgement

_MOST = 200


class ReadersIn(serializers.Serializer):
    """Whom to ask: people, whole departments with everything below, holders of roles, groups of employees."""

    people = serializers.ListField(child=serializers.IntegerField(**ID), max_length=_MOST, default=list)
    departments = serializers.ListField(child=serializers.IntegerField(**ID), max_length=_MOST, default=list)
    roles = serializers.ListField(child=serializers.CharField(max_length=50), max_length=_MOST, default=list)
    groups = serializers.ListField(
        child=serializers.IntegerField(**ID),
        max_length=MOST_NAMED,
        default=list,
        help_text="views of employees that are groups; whoever is in them now is asked",
    )


class MeantOut(serializers.Serializer):
    """How many people a choice means, before anybody is asked."""

    count = serializers.IntegerField()
    asked = serializers.IntegerField(help_text="those of them who stand in the round that is going on already")


class AgainIn(serializers.Serializer):
    """The round that is seen on the screen: a second press must not ask people twice."""

    round = serializers.IntegerField(min_value=0, max_value=2**31 - 1, required=False)


class ReaderOut(serializers.Serializer):
    """One line of the list; `version` is the version of the card that was read."""

    id = serializers.IntegerField()
    person = PersonOut()
    asked_by = PersonOut()
    asked_at = serializers.DateTimeField()
    done_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField(allow_null=True)


class ReadersOut(serializers.Serializer):
    """The round that is going on; `next` leads to further lines."""

    results = ReaderOut(many=True)
    next = serializers.CharField(allow_null=True)
    round = serializers.IntegerField(help_text="0 before anybody was asked")
    asked = serializers.IntegerField()
    done = serializers.IntegerField()
    waits_for_me = serializers.BooleanField()
    can_edit = serializers.BooleanField()


def readers_out(rows: Sequence[Acknowledgement]) -> list[dict[str, Any]]:
    """Lines with their people, in one query for all of them."""
    known = people({who for row in rows for who in (row.principal_id, row.asked_by_id)})
    return [
        {
            "id": row.pk,
            "person": known[row.principal_id],
            "asked_by": known[row.asked_by_id],
            "asked_at": instant(row.asked_at),
            "done_at": instant(row.done_at),
            "version": row.card_version,
        }
        for row in rows
    ]
