"""Shapes of archives of the company."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from rest_framework import serializers

from core.organization.rest.serializers import PersonOut

from ..models import Takeout
from ..queries import KEPT, step_of

PARTS = ["tables", "books", "files"]


class ProofForm(serializers.Serializer):
    """The person's own password once more; `code` where his second factor is on."""

    password = serializers.CharField(max_length=1000, trim_whitespace=False)
    code = serializers.CharField(max_length=40, allow_blank=True, default="")


class TakeoutStep(serializers.Serializer):
    part = serializers.ChoiceField(PARTS)
    done = serializers.IntegerField()
    whole = serializers.IntegerField()


class TakeoutOut(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    state = serializers.ChoiceField(Takeout.State.choices)
    reason = serializers.CharField(allow_null=True, help_text="why there is no file")
    step = TakeoutStep(allow_null=True, help_text="how far it is; null when nothing is known")
    rows_count = serializers.IntegerField()
    files_count = serializers.IntegerField()
    missing_count = serializers.IntegerField(help_text="files that were lost before and are not in the archive")
    size = serializers.IntegerField(help_text="bytes")
    sha256 = serializers.CharField(allow_null=True, help_text="of the whole file")
    author = PersonOut(allow_null=True)
    created_at = serializers.DateTimeField()
    kept_until = serializers.DateTimeField(allow_null=True)
    is_gone = serializers.BooleanField(help_text="the file has been removed")


class TakeoutsOut(serializers.Serializer):
    """Those of the last month, the newest first."""

    results = TakeoutOut(many=True)
    next = serializers.CharField(allow_null=True)
    left_today = serializers.IntegerField()
    is_owner = serializers.BooleanField(help_text="whether the caller may make and open them")
    asks_code = serializers.BooleanField(help_text="whether the caller's second factor will be asked for")


class TakeoutAddress(serializers.Serializer):
    url = serializers.CharField(help_text="the file itself, for one minute")


def takeout_out(row: Takeout, persons: Mapping[int, dict[str, Any]]) -> dict[str, Any]:
    """One archive as owners and administrators see it."""
    until = row.finished_at + KEPT if row.finished_at and row.state == Takeout.State.READY else None
    return {
        "id": row.pk,
        "name": row.name,
        "state": row.state,
        "reason": row.reason or None,
        "step": step_of(row),
        "rows_count": row.rows_count,
        "files_count": row.files_count,
        "missing_count": row.missing_count,
        "size": row.size,
        "sha256": row.sha256 or None,
        "author": persons.get(row.author_id),
        "created_at": row.created_at,
        "kept_until": until,
        "is_gone": until is not None and until <= timezone.now(),
    }
