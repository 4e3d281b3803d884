"""Shapes of the history."""

from rest_framework import serializers

from core.organization.rest.serializers import PersonOut


class ChangeOut(serializers.Serializer):
    field = serializers.CharField()
    # It hides nothing: the library takes declared fields off the class, which its stub does not know.
    label = serializers.CharField(help_text="what people call the field")  # type: ignore[assignment]
    old = serializers.CharField(allow_null=True)
    new = serializers.CharField(allow_null=True)
    can_restore = serializers.BooleanField(help_text="whether the caller may have the former value put back")


class HistoryLineOut(serializers.Serializer):
    """One thing that happened; `title` continues the actor's name."""

    id = serializers.IntegerField()
    kind = serializers.CharField(help_text="the fact's code, `tasks.assigned`")
    title = serializers.CharField()
    actor = PersonOut(allow_null=True)
    on_behalf_of = PersonOut(allow_null=True, help_text="whose deputy the actor was")
    door = serializers.CharField(help_text="screen, token, job …")
    at = serializers.DateTimeField()
    changes = ChangeOut(many=True)


class PutBackIn(serializers.Serializer):
    """Without `fields` all of the line's come back; `whole`: the card as it stood right after the line."""

    fields = serializers.ListField(  # type: ignore[assignment]
        child=serializers.CharField(max_length=100), required=False, max_length=100
    )
    whole = serializers.BooleanField(default=False)


class PutBackOut(serializers.Serializer):
    """What people call the fields: those that came back, and changed ones that cannot."""

    restored = serializers.ListField(child=serializers.CharField())
    left = serializers.ListField(child=serializers.CharField())


class HistoryOut(serializers.Serializer):
    """A page of the history, newest first."""

    results = HistoryLineOut(many=True)
    next = serializers.CharField(allow_null=True)
