"""Shapes of watching."""

from rest_framework import serializers

from core.organization.people import principal_of
from core.organization.rest.serializers import PersonOut
from core.rest.fields import ID

from ..actions import MOST_WATCHERS


class WatchersIn(serializers.Serializer):
    watchers = serializers.ListField(
        child=serializers.IntegerField(**ID), max_length=MOST_WATCHERS, help_text="employee ids"
    )


class WatcherIn(serializers.Serializer):
    watcher = serializers.IntegerField(**ID, help_text="employee id")

    def validate_watcher(self, employee: int) -> int:
        return principal_of(employee, field="watcher")


class WatchersOut(serializers.Serializer):
    """A page of those who watch a card, in the order in which they came."""

    results = PersonOut(many=True)
    next = serializers.CharField(allow_null=True)
    is_watching = serializers.BooleanField(help_text="the caller is one of them")
    can_watch = serializers.BooleanField(help_text="the caller may put himself there")
    can_gather = serializers.BooleanField(help_text="the caller may name anybody")
