"""Shapes of views."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from core.organization.rest.serializers import PersonOut
from core.rest.fields import ID, LineField

from ..models import SavedView
from ..rules import (
    COUNTED_UP_TO,
    LONGEST_CODE,
    LONGEST_TITLE,
    MOST_COUNTED,
    MOST_SHARED_WITH,
    MOST_VIEWS,
    NARROWEST,
    WIDEST,
)


class ColumnShape(serializers.Serializer):
    """A column of a list, in its place."""

    code = serializers.CharField(max_length=LONGEST_CODE)
    width = serializers.IntegerField(
        min_value=NARROWEST, max_value=WIDEST, allow_null=True, default=None, help_text="pixels; null for its own"
    )


class ViewChangesIn(serializers.Serializer):
    """Any of a view's parts; `params` are words of the list's address."""

    title = LineField(max_length=LONGEST_TITLE, required=False)
    params = serializers.DictField(child=serializers.CharField(allow_blank=True, max_length=1000), required=False)
    columns = ColumnShape(many=True, required=False)
    audience = serializers.ChoiceField(SavedView.Audience.choices, required=False)
    roles = serializers.ListField(
        child=serializers.CharField(max_length=50), max_length=MOST_SHARED_WITH, required=False, help_text="codes"
    )
    departments = serializers.ListField(
        child=serializers.IntegerField(**ID),
        max_length=MOST_SHARED_WITH,
        required=False,
        help_text="ids; everybody below them sees the view, too",
    )
    is_group = serializers.BooleanField(required=False, help_text="it stands where a set of cards is asked for")


class ViewIn(ViewChangesIn):
    kind = serializers.CharField(max_length=60, help_text="whose list: tasks.task")
    title = LineField(max_length=LONGEST_TITLE)


class OrderIn(serializers.Serializer):
    kind = serializers.CharField(max_length=60)
    ids = serializers.ListField(child=serializers.IntegerField(**ID), max_length=MOST_VIEWS)


class ArrangementIn(serializers.Serializer):
    """What the person remembers of a list; what is not given stays."""

    kind = serializers.CharField(max_length=60)
    view = serializers.IntegerField(required=False, allow_null=True, help_text="which opens first", **ID)
    columns = ColumnShape(many=True, required=False)
    counted = serializers.ListField(
        child=serializers.IntegerField(**ID),
        max_length=MOST_COUNTED,
        required=False,
        help_text="ids of views beside whose names their figures stand",
    )


class ViewOut(serializers.Serializer):
    """A view as its reader understands it: what his list does not know is left out and `is_narrowed` is said."""

    id = serializers.IntegerField()
    kind = serializers.CharField()
    title = serializers.CharField()
    params = serializers.DictField(child=serializers.CharField())
    columns = ColumnShape(many=True)
    is_narrowed = serializers.BooleanField()
    owner = PersonOut()
    is_mine = serializers.BooleanField()
    can_edit = serializers.BooleanField()
    audience = serializers.ChoiceField(SavedView.Audience.choices)
    roles = serializers.ListField(child=serializers.CharField(), help_text="codes, for those who may change it")
    departments = serializers.ListField(child=serializers.IntegerField(), help_text="as roles")
    is_group = serializers.BooleanField()
    is_shut = serializers.BooleanField(
        help_text="a group that asks what its reader may not see, or what is gone: he cannot use it as one"
    )


class ViewsOut(serializers.Serializer):
    """The views of a list in their order, and how the reader has arranged it."""

    results = ViewOut(many=True)
    view = serializers.IntegerField(allow_null=True, help_text="which opens first")
    columns = ColumnShape(many=True, help_text="where no view is open; empty for the list's own")
    can_share = serializers.BooleanField()
    counted = serializers.ListField(child=serializers.IntegerField(), help_text="views whose figures are wanted")


class ViewCountOut(serializers.Serializer):
    id = serializers.IntegerField()
    count = serializers.IntegerField(help_text=f"up to {COUNTED_UP_TO}")
    is_exact = serializers.BooleanField(help_text="false: there are more")


class ViewCountsOut(serializers.Serializer):
    """Figures of the views whose figures are wanted; one that the reader may not use has none."""

    results = ViewCountOut(many=True)


class CardGroupOut(serializers.Serializer):
    """A group that holds a card; `params` open the list with it."""

    id = serializers.IntegerField()
    title = serializers.CharField()
    params = serializers.DictField(child=serializers.CharField())


class CardGroupsOut(serializers.Serializer):
    results = CardGroupOut(many=True)


def view_out(
    view: SavedView,
    *,
    params: Mapping[str, str],
    columns: list[dict[str, Any]],
    owner: Mapping[str, Any],
    is_mine: bool,
    can_edit: bool,
    roles: Mapping[int, str],
    is_shut: bool,
) -> dict[str, Any]:
    """One view; `roles` are the codes of all roles by id."""
    return {
        "id": view.pk,
        "kind": view.kind,
        "title": view.title,
        "params": dict(params),
        "columns": columns,
        "is_narrowed": len(params) < len(view.params) or len(columns) < len(view.columns),
        "owner": owner,
        "is_mine": is_mine,
        "can_edit": can_edit,
        "audience": view.audience,
        "roles": [roles[pk] for pk in view.roles if pk in roles] if can_edit else [],
        "departments": view.departments if can_edit else [],
        "is_group": view.is_group,
        "is_shut": is_shut,
    }
