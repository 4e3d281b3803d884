"""Shapes of the queue."""

from rest_framework import serializers

from core.entities.rest.briefs import BriefOut
from core.organization.rest.serializers import PersonOut


class WaitingActionOut(serializers.Serializer):
    """One thing to be done about a line: `method` on `path` below /api/v1/ with `body`.

    `key` is its place on the keyboard, a letter as on a Latin one. With `needs_text` the words go into `text`.
    """

    code = serializers.CharField()
    title = serializers.CharField()
    kind = serializers.ChoiceField(["primary", "default"])
    needs_text = serializers.BooleanField()
    asks = serializers.CharField(required=False, help_text="what the text is to say")
    key = serializers.CharField()
    method = serializers.ChoiceField(["POST", "PUT", "DELETE"])
    path = serializers.CharField()
    body = serializers.DictField()
    done = serializers.CharField(help_text="what is said when it is done: «Задача принята»")


class WaitingLineOut(serializers.Serializer):
    """Something that waits for the reader; `key` tells it from all others."""

    key = serializers.CharField()
    card = BriefOut()
    text = serializers.CharField(help_text="what is asked, where the card's title does not say it")
    who = PersonOut(allow_null=True, help_text="who asks")
    due_at = serializers.DateTimeField(allow_null=True)
    is_overdue = serializers.BooleanField()
    actions = WaitingActionOut(many=True)


class WaitingPageOut(serializers.Serializer):
    results = WaitingLineOut(many=True)
    next = serializers.CharField(allow_null=True)


class WaitingSectionOut(WaitingPageOut):
    """One source: its first lines, how many there are (up to 1,000) and where the rest begins."""

    code = serializers.CharField()
    title = serializers.CharField()
    count = serializers.IntegerField()


class WaitingOut(serializers.Serializer):
    """Everything that waits, the most pressing first; sources with nothing are left out."""

    count = serializers.IntegerField()
    sections = WaitingSectionOut(many=True)
    topics = serializers.ListField(child=serializers.CharField(), help_text="live topics whose change may change it")
