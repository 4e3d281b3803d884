"""Shapes of exports."""

from typing import Any

from rest_framework import serializers

from core.registry import registry

from ..models import Export

_CONTENT = "/api/v1/exports/{}/content/"
_LONGEST_QUERY = 4_000


class ExportIn(serializers.Serializer):
    """Which list, and how it is narrowed: `query` is the query string of the list's own address."""

    kind = serializers.CharField(max_length=60, help_text="tasks.task")
    format = serializers.ChoiceField(Export.Format.choices)
    columns = serializers.ListField(
        child=serializers.CharField(max_length=60), max_length=200, default=list, help_text="codes; all when empty"
    )
    query = serializers.CharField(max_length=_LONGEST_QUERY, allow_blank=True, default="")


class ExportOut(serializers.Serializer):
    id = serializers.IntegerField()
    kind = serializers.CharField()
    kind_title = serializers.CharField()
    format = serializers.ChoiceField(Export.Format.choices)
    name = serializers.CharField()
    state = serializers.ChoiceField(Export.State.choices)
    reason = serializers.CharField(allow_null=True, help_text="why there is no file")
    rows_count = serializers.IntegerField(help_text="rows written so far")
    is_cut = serializers.BooleanField(help_text="the list was longer than a file may be")
    created_at = serializers.DateTimeField()
    url = serializers.CharField(allow_null=True, help_text="gives the file after a new check of rights")


class ExportsOut(serializers.Serializer):
    """The newest of the caller's own."""

    results = ExportOut(many=True)
    next = serializers.CharField(allow_null=True)


def export_out(row: Export) -> dict[str, Any]:
    """One export as its author sees it."""
    kind = registry.kind(row.kind)
    return {
        "id": row.pk,
        "kind": row.kind,
        "kind_title": kind.sheet.title if kind and kind.sheet else row.kind,
        "format": row.format,
        "name": row.name,
        "state": row.state,
        "reason": row.reason or None,
        "rows_count": row.rows_count,
        "is_cut": row.is_cut,
        "created_at": row.created_at,
        "url": _CONTENT.format(row.pk) if row.state == Export.State.READY else None,
    }
